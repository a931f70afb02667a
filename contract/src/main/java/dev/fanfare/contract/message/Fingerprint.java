package dev.fanfare.contract.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What tells a repetition of a message from another message with the same id: 8 hexadecimal digits.
///
/// It covers what the publisher gave, byte for byte: data, encoding, name, clientId and extras. It leaves out what each
/// attempt gets anew: the time and the step of a trace. A checksum (CRC-32C) is enough, because whoever sends two
/// messages by one id only harms itself: of 4 × 10^9 such mistakes one is taken for a repetition.
public final class Fingerprint {

    /// Keeps fields apart. No field has it: it is a control character, and JSON escapes those.
    private static final int SEPARATOR = 0;

    private Fingerprint() {}

    public static String of(Message message) {
        var checksum = new CRC32C();
        add(checksum, message.data().utf8());
        add(checksum, message.encoding());
        add(checksum, message.name());
        add(checksum, message.clientId());
        RawJson extras = message.extras();
        if (extras != null) {
            add(checksum, extras.utf8());
        }
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    private static void add(CRC32C checksum, @Nullable String field) {
        add(checksum, field == null ? new byte[0] : field.getBytes(UTF_8));
    }

    private static void add(CRC32C checksum, byte[] field) {
        checksum.update(field);
        checksum.update(SEPARATOR);
    }
}
