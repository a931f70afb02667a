package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    void command_countsTheBytesOfWhatIsPutIn() {
        // Given
        Template template = Template.command(
                List.of("PUBLISH", "c", "<" + Template.PAYLOAD + ">" + Template.NUMBER + Template.TICKET), 4);

        // When
        String written = written(template, "data", 12);

        // Then
        assertThat(written).isEqualTo("*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$24\r\n<data>000000001200000012\r\n");
    }

    @Test
    void packetOfTheEmitter_isMessagePack() {
        // Given
        var template = new Template(EmitterPacket.of("room", 4));

        // When
        String written = written(template, "data", 1);

        // Then
        assertThat(written)
                .isEqualTo(
                        "\u0093\u00a7emitter\u0083\u00a4type\u0002\u00a4data\u0092\u00a7message\u00da\u0000\u0004data"
                                + "\u00a3nsp\u00a1/\u0083\u00a5rooms\u0091\u00a4room\u00a6except\u0090\u00a5flags\u0080");
    }

    private static String written(Template template, String payload, long sequence) {
        ByteBuf out = Unpooled.buffer();
        template.write(out, payload.getBytes(US_ASCII), sequence);
        return out.toString(ISO_8859_1);
    }
}
