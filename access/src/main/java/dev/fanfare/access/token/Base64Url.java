package dev.fanfare.access.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// base64url without padding (RFC 7515 section 2), in its one canonical form.
///
/// The libraries beneath pass over characters that do not belong and ignore bits that are left over in
/// the last character. Both would make several texts the same token, and whoever revokes, counts or
/// caches by text would be fooled.
final class Base64Url {

    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {}

    /// The bytes, or empty when encoding them again would not give `text`.
    static Optional<byte[]> decode(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] bytes = DECODER.decode(ascii);
            return Arrays.equals(ENCODER.encode(bytes), ascii) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
