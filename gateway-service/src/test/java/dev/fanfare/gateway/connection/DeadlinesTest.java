package dev.fanfare.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final long LENGTH = 10;

    private final Deadlines<Object> deadlines = new Deadlines<>(Duration.ofNanos(LENGTH));

    /// `nanos` after the start, by a clock that overflows meanwhile; it may, for it counts from anywhere.
    private static long after(long nanos) {
        return Long.MAX_VALUE - 3 + nanos;
    }

    private List<Object> overdueAt(long nowNanos) {
        List<Object> overdue = new ArrayList<>();
        deadlines.forEachOverdue(nowNanos, overdue::add);
        return overdue;
    }

    @Test
    void added_isOverdueAfterTheLengthAndNotBefore() {
        // Given
        deadlines.add("a", after(0));

        // Then
        assertThat(overdueAt(after(0))).isEmpty();
        assertThat(overdueAt(after(LENGTH - 1))).isEmpty();
        assertThat(overdueAt(after(LENGTH))).containsExactly("a");
    }

    @Test
    void several_areOverdueInTheOrderInWhichTheyCame() {
        // Given
        deadlines.add("c", after(0));
        deadlines.add("a", after(0));
        deadlines.add("b", after(4));
        deadlines.add("d", after(5));

        // Then
        assertThat(overdueAt(after(LENGTH + 4))).containsExactly("c", "a", "b");
        assertThat(overdueAt(after(LENGTH + 5))).containsExactly("d");
    }

    @Test
    void removed_isNotOverdueAndLeavesTheOthersTheirPlaces() {
        // Given
        deadlines.add("a", after(0));
        deadlines.add("b", after(0));
        deadlines.add("c", after(0));

        // When
        deadlines.remove("b");
        deadlines.remove("never there");

        // Then
        assertThat(overdueAt(after(LENGTH))).containsExactly("a", "c");
    }

    @Test
    void addedAgain_keepsItsTime() {
        // Given
        deadlines.add("a", after(0));
        deadlines.add("b", after(1));

        // When
        deadlines.add("a", after(5));

        // Then
        assertThat(overdueAt(after(LENGTH))).containsExactly("a");
        assertThat(overdueAt(after(LENGTH + 5))).containsExactly("b");
    }

    @Test
    void removedAndAddedAgain_hasANewTime() {
        // Given
        deadlines.add("a", after(0));
        deadlines.add("b", after(1));

        // When
        deadlines.remove("a");
        deadlines.add("a", after(5));

        // Then
        assertThat(overdueAt(after(LENGTH + 4))).containsExactly("b");
        assertThat(overdueAt(after(LENGTH + 5))).containsExactly("a");
    }

    @Test
    void actionThatRemovesAnother_sparesIt() {
        // Given
        deadlines.add("a", after(0));
        deadlines.add("b", after(0));
        deadlines.add("c", after(0));
        List<Object> overdue = new ArrayList<>();

        // When
        deadlines.forEachOverdue(after(LENGTH), each -> {
            overdue.add(each);
            deadlines.remove("b");
        });

        // Then
        assertThat(overdue).containsExactly("a", "c");
    }

    @Test
    void actionThatAdds_givesAWholeLength() {
        // Given
        deadlines.add("a", after(0));
        List<Object> overdue = new ArrayList<>();

        // When
        deadlines.forEachOverdue(after(LENGTH + 2), each -> {
            overdue.add(each);
            deadlines.add("a", after(LENGTH + 2));
            deadlines.add("b", after(LENGTH + 2));
        });

        // Then
        assertThat(overdue).containsExactly("a");
        assertThat(overdueAt(after(2 * LENGTH + 1))).isEmpty();
        assertThat(overdueAt(after(2 * LENGTH + 2))).containsExactly("a", "b");
    }

    @Test
    void removedOrOverdue_isKeptNoMore() {
        // Given
        WeakReference<Object> overdue = added();
        deadlines.forEachOverdue(after(LENGTH), _ -> {});

        // When
        WeakReference<Object> removed = addedAndRemoved();

        // Then
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return overdue.refersTo(null) && removed.refersTo(null);
        });
    }

    private WeakReference<Object> added() {
        var each = new Object();
        deadlines.add(each, after(0));
        return new WeakReference<>(each);
    }

    private WeakReference<Object> addedAndRemoved() {
        var each = new Object();
        deadlines.add(each, after(0));
        deadlines.remove(each);
        return new WeakReference<>(each);
    }
}
