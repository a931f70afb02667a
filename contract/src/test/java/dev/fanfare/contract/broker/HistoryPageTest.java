package dev.fanfare.contract.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.contract.broker.HistorySlice.Reason;
import dev.fanfare.contract.broker.PageRequest.Direction;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryPageTest {

    private static final Tip TOP = new Tip(at(10), "m10");

    @ParameterizedTest
    @CsvSource({
        // after, upTo, oldest, entries from, to → end
        ",,      4, 4, 10, true",
        ",,      4, 4, 9,  false",
        "3,,     4, 4, 10, true",
        "5,,     4, 6, 8,  false",
        ",8,     4, 4, 8,  true",
        "5,8,    4, 6, 8,  true",
        "5,8,    4, 6, 7,  false"
    })
    void oldestFirst_endsAtTheEndOfThePart(
            @Nullable Long after, @Nullable Long upTo, long oldest, long from, long to, boolean isEnd) {
        // Given
        PageRequest request = request(Direction.OLDEST_FIRST, after, upTo);

        // When
        HistoryPage page = HistoryPage.of(request, TOP, oldest, entries(LongStream.rangeClosed(from, to)));

        // Then
        assertThat(page).isEqualTo(new HistoryPage.Found(TOP, entries(LongStream.rangeClosed(from, to)), isEnd));
    }

    @ParameterizedTest
    @CsvSource({
        ",,      4, 10, 4, true",
        ",,      4, 10, 5, false",
        "6,,     4, 10, 7, true",
        ",8,     4, 8,  4, true",
        "5,8,    4, 8,  7, false"
    })
    void newestFirst_endsAtTheBeginningOfThePart(
            @Nullable Long after, @Nullable Long upTo, long oldest, long from, long to, boolean isEnd) {
        // Given
        PageRequest request = request(Direction.NEWEST_FIRST, after, upTo);
        List<Publication> entries = entries(LongStream.rangeClosed(0, from - to).map(i -> from - i));

        // When
        HistoryPage page = HistoryPage.of(request, TOP, oldest, entries);

        // Then
        assertThat(page).isEqualTo(new HistoryPage.Found(TOP, entries, isEnd));
    }

    @ParameterizedTest
    @CsvSource({
        // after, upTo, oldest
        "10,,   11",
        "10,,   4",
        "5,5,   8",
        ",,     11",
        ",3,    4"
    })
    void partWithoutMessages_isAnEmptyEnd(@Nullable Long after, @Nullable Long upTo, long oldest) {
        // When
        HistoryPage forwards = HistoryPage.of(request(Direction.OLDEST_FIRST, after, upTo), TOP, oldest, List.of());
        HistoryPage backwards = HistoryPage.of(request(Direction.NEWEST_FIRST, after, upTo), TOP, oldest, List.of());

        // Then
        assertThat(List.of(forwards, backwards)).containsOnly(new HistoryPage.Found(TOP, List.of(), true));
    }

    @ParameterizedTest
    @CsvSource({
        "2,,  4,  TOO_OLD",
        "2,8, 4,  TOO_OLD",
        "9,,  11, TOO_OLD",
        "11,, 4,  OFFSET_IN_FUTURE",
        ",11, 4,  OFFSET_IN_FUTURE"
    })
    void partThatIsNotThere_isTold(@Nullable Long after, @Nullable Long upTo, long oldest, Reason reason) {
        // When
        HistoryPage forwards = HistoryPage.of(request(Direction.OLDEST_FIRST, after, upTo), TOP, oldest, List.of());
        HistoryPage backwards = HistoryPage.of(request(Direction.NEWEST_FIRST, after, upTo), TOP, oldest, List.of());

        // Then
        assertThat(List.of(forwards, backwards)).containsOnly(new HistoryPage.Unreadable(TOP, reason));
    }

    @Test
    void positionOfAnotherEpoch_isTold() {
        // Given
        var other = new StreamPosition("other", 5);
        var after = new PageRequest(Direction.OLDEST_FIRST, other, null, 10, 10);
        var upTo = new PageRequest(Direction.NEWEST_FIRST, null, other, 10, 10);

        // When, Then
        var changed = new HistoryPage.Unreadable(TOP, Reason.EPOCH_CHANGED);
        assertThat(HistoryPage.of(after, TOP, 1, List.of())).isEqualTo(changed);
        assertThat(HistoryPage.of(upTo, TOP, 1, List.of())).isEqualTo(changed);
    }

    @Test
    void hole_endsThePageBeforeItAndIsToldThere() {
        // Given
        List<Publication> holed = entries(LongStream.of(4, 5, 8, 9, 10));

        // When
        HistoryPage before = HistoryPage.of(request(Direction.OLDEST_FIRST, null, null), TOP, 4, holed);
        HistoryPage atIt =
                HistoryPage.of(request(Direction.OLDEST_FIRST, 5L, null), TOP, 4, entries(LongStream.of(8, 9, 10)));
        HistoryPage backwards = HistoryPage.of(
                request(Direction.NEWEST_FIRST, null, null), TOP, 4, entries(LongStream.of(10, 9, 8, 5)));

        // Then
        assertThat(before).isEqualTo(new HistoryPage.Found(TOP, entries(LongStream.of(4, 5)), false));
        assertThat(atIt).isEqualTo(new HistoryPage.Unreadable(TOP, Reason.TOO_OLD));
        assertThat(backwards).isEqualTo(new HistoryPage.Found(TOP, entries(LongStream.of(10, 9, 8)), true));
    }

    @Test
    void requestOutOfRange_isAMistakeOfTheCaller() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageRequest(Direction.OLDEST_FIRST, null, null, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageRequest(Direction.OLDEST_FIRST, null, null, 1001, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageRequest(Direction.OLDEST_FIRST, null, null, 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageRequest(
                        Direction.OLDEST_FIRST, new StreamPosition("a", 1), new StreamPosition("b", 2), 1, 1));
    }

    private static PageRequest request(Direction direction, @Nullable Long after, @Nullable Long upTo) {
        return new PageRequest(
                direction, after == null ? null : at(after), upTo == null ? null : at(upTo), 100, 1 << 20);
    }

    private static StreamPosition at(long offset) {
        return new StreamPosition("e", offset);
    }

    private static List<Publication> entries(LongStream offsets) {
        return offsets.mapToObj(offset -> new Publication(
                        at(offset), "m" + offset, "m" + (offset - 1), StoredMessage.ofStored("{}".getBytes(UTF_8))))
                .toList();
    }
}
