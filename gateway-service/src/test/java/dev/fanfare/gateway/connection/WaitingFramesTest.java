package dev.fanfare.gateway.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingFramesTest {

    private final ByteBuf abcdef =
            PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes("abcdef".getBytes(US_ASCII));
    private final ByteBuf xyz = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes("xyz".getBytes(US_ASCII));
    private final WaitingFrames waiting = new WaitingFrames();

    @AfterEach
    void nobodyKeepsAnything() {
        waiting.clear();
        assertThat(abcdef.refCnt()).isEqualTo(1);
        assertThat(xyz.refCnt()).isEqualTo(1);
        abcdef.release();
        xyz.release();
    }

    private String next() {
        ByteBuf piece = waiting.remove();
        try {
            return piece.toString(US_ASCII);
        } finally {
            piece.release();
        }
    }

    @Test
    void pieces_comeOutAsTheyWentIn() {
        // When
        waiting.add(abcdef, 0, 2);
        waiting.add(xyz, 2, 1);
        waiting.add(abcdef, 2, 1);
        waiting.add(abcdef, 4, 2);
        waiting.add(abcdef, 0, 1);

        // Then
        assertThat(waiting.bytes()).isEqualTo(5 * WaitingFrames.PIECE_BYTES + 7);
        assertThat(next()).isEqualTo("ab");
        assertThat(next()).isEqualTo("z");
        assertThat(next()).isEqualTo("c");
        assertThat(next()).isEqualTo("ef");
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void piecesThatComeAndGo_keepTheirOrderWhateverTheirNumber() {
        // Given
        var random = new Random(11);
        Queue<Integer> expected = new ArrayDeque<>();
        int most = 0;

        // When, Then
        for (int step = 0; step < 20_000; step++) {
            boolean isRising = step / 2000 % 2 == 0;
            if (random.nextInt(10) < (isRising ? 6 : 4)) {
                int index = random.nextInt(6);
                waiting.add(abcdef, index, 1);
                expected.add(index);
            } else if (!expected.isEmpty()) {
                assertThat(next()).isEqualTo(String.valueOf((char) ('a' + expected.remove())));
            }
            assertThat(waiting.isEmpty()).isEqualTo(expected.isEmpty());
            assertThat(waiting.bytes()).isEqualTo(expected.size() * (1L + WaitingFrames.PIECE_BYTES));
            most = Math.max(most, expected.size());
        }
        assertThat(most).isGreaterThan(100);
    }

    @Test
    void nothingThatWaits_cannotBeTaken() {
        assertThatIllegalStateException().isThrownBy(waiting::remove).withMessage("nothing waits");
    }
}
