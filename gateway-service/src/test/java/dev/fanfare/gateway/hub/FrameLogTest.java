package dev.fanfare.gateway.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.failure.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameLogTest {

    private static final int MAX_BYTES = 4096;

    private final FrameLog log = new FrameLog(MAX_BYTES);
    private final Keeper keeper = new Keeper();

    /// A client that reads nothing: it keeps what it is given as Netty's queue does.
    private static final class Keeper implements Outbound {

        private final List<ByteBuf> waiting = new ArrayList<>();

        @Override
        public void send(ByteBuf frames, int index, int length) {
            waiting.add(frames.retainedSlice(index, length));
        }

        @Override
        public boolean hasRoom() {
            return false;
        }

        @Override
        public void close(CloseCode code) {}

        private List<String> texts() {
            return waiting.stream().map(each -> each.toString(US_ASCII)).toList();
        }
    }

    @AfterEach
    void release() {
        keeper.waiting.forEach(ByteBuf::release);
        log.clear();
    }

    private static ByteBuf frame(String text) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(text.length()).writeBytes(text.getBytes(US_ASCII));
    }

    private void append(String text) {
        ByteBuf frame = frame(text);
        assertThat(log.fits(frame) || log.makeRoom(frame, 0)).isTrue();
        log.append(frame);
    }

    @Test
    void framesFromAPlaceOn_areOneWrite() {
        // Given
        append("one");
        long place = log.end();
        append("two");
        append("three");

        // When
        log.writeTo(keeper, place);
        log.writeTo(keeper, log.end());

        // Then
        assertThat(keeper.texts()).containsExactly("twothree");
        assertThat(log.frames()).isEqualTo(3);
    }

    @Test
    void frameThatOthersShare_isNeverWrittenTo() {
        // Given
        ByteBuf shared = PooledByteBufAllocator.DEFAULT.directBuffer(64).writeBytes("one".getBytes(US_ASCII));
        log.append(shared.retain());

        // When
        append("two");

        // Then
        assertThat(shared.toString(US_ASCII)).isEqualTo("one");
        assertThat(shared.refCnt()).isEqualTo(1);
        shared.release();
    }

    @Test
    void whatWaitsForASlowClient_staysWhatItIsWhenRoomIsMade() {
        // Given
        append("one");
        append("two");
        log.writeTo(keeper, 0);
        long place = log.end();
        ByteBuf large = frame("x".repeat(3000));

        // When
        boolean hasRoom = log.makeRoom(large, place);
        log.append(large);
        log.writeTo(keeper, place);

        // Then
        assertThat(hasRoom).isTrue();
        assertThat(keeper.texts()).containsExactly("onetwo", "x".repeat(3000));
    }

    @Test
    void whatIsWanted_isKeptWhenRoomIsMade() {
        // Given
        append("one");
        long place = log.end();
        append("two");
        append("x".repeat(900));
        append("y".repeat(900));
        ByteBuf last = frame("z".repeat(MAX_BYTES - 1804));

        // When
        boolean fits = log.fits(last);
        boolean hasRoom = log.makeRoom(last, place);
        log.append(last);
        log.writeTo(keeper, place);

        // Then
        assertThat(fits).isFalse();
        assertThat(hasRoom).isTrue();
        assertThat(keeper.texts())
                .containsExactly("two" + "x".repeat(900) + "y".repeat(900) + "z".repeat(MAX_BYTES - 1804));
    }

    @Test
    void moreThanTheLimit_isNotKept() {
        // Given
        append("x".repeat(MAX_BYTES - 10));
        ByteBuf fits = frame("y".repeat(10));
        ByteBuf tooMuch = frame("z".repeat(11));

        // When
        boolean hasRoomForMore = log.makeRoom(tooMuch, 0);
        boolean hasRoomForRest = log.makeRoom(fits, 0);

        // Then
        assertThat(hasRoomForMore).isFalse();
        assertThat(hasRoomForRest).isTrue();
        fits.release();
        tooMuch.release();
    }

    @Test
    void frameOverTheLimit_isKeptByItself() {
        // Given
        append("x".repeat(MAX_BYTES + 1));
        long place = log.end();
        ByteBuf next = frame("y");

        // When
        boolean hasRoom = log.makeRoom(next, place);
        log.append(next);
        log.writeTo(keeper, place);

        // Then
        assertThat(hasRoom).isTrue();
        assertThat(keeper.texts()).containsExactly("y");
    }

    @Test
    void clearedLog_keepsNoMemoryAndCountsOn() {
        // Given
        ByteBuf frame = frame("one");
        log.append(frame);

        // When
        log.clear();
        int references = frame.refCnt();
        append("two");
        log.writeTo(keeper, 3);

        // Then
        assertThat(references).isZero();
        assertThat(log.end()).isEqualTo(6);
        assertThat(keeper.texts()).containsExactly("two");
    }
}
