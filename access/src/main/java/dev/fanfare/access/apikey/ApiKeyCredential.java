package dev.fanfare.access.apikey;

import dev.fanfare.access.grant.BearerScheme;
import dev.fanfare.contract.broker.ApiKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// An API key as its holder has it. The secret is never printed.
///
/// | component | meaning                                                      |
/// |-----------|--------------------------------------------------------------|
/// | `id`      | names the key; whatever was sent, when it was sent by others  |
/// | `secret`  | proves that one holds it                                      |
public record ApiKeyCredential(String id, String secret) {

    /// Longest credential that is looked at, in characters; ours have 63.
    static final int MAX_LENGTH = 512;

    private static final String BASIC = "Basic ";
    private static final String ID_PREFIX = "fk_";
    private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 16;
    // 256 bits: nobody guesses them, so what is kept of them needs no salt and no slow hash.
    private static final int SECRET_BYTES = 32;

    /// A new one.
    ///
    /// @param random must be fit for secrets
    public static ApiKeyCredential drawn(RandomGenerator random) {
        var id = new StringBuilder(ID_PREFIX);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new ApiKeyCredential(
                id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// The credential in the value of an `Authorization` header: `Bearer <id>.<secret>`, or `Basic` (RFC 7617)
    /// with the id for a user and the secret for a password. Empty when the value is of another scheme, or
    /// holds a token.
    ///
    /// Whatever is wrong with the text, it gives a credential that is nobody's.
    public static Optional<ApiKeyCredential> in(String authorization) {
        if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.of(
                    split(decoded(authorization.substring(BASIC.length()).strip()), ':'));
        }
        return BearerScheme.tokenIn(authorization)
                .filter(text -> text.length() <= MAX_LENGTH)
                .map(text -> split(text, '.'))
                // The header of a token is longer, or has characters that no id has.
                .filter(credential -> ApiKey.isId(credential.id()));
    }

    private static ApiKeyCredential split(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0
                ? new ApiKeyCredential("", "")
                : new ApiKeyCredential(text.substring(0, at), text.substring(at + 1));
    }

    private static String decoded(String base64) {
        if (base64.length() > 2 * MAX_LENGTH) {
            return "";
        }
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /// What is kept of the secret: its SHA-256, in hexadecimal digits.
    public String secretHash() {
        return hash(secret.getBytes(StandardCharsets.UTF_8));
    }

    /// What is kept of a secret.
    static String hash(byte[] secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The one text that its holder keeps: `<id>.<secret>`.
    public String text() {
        return id + "." + secret;
    }

    @Override
    public String toString() {
        return "ApiKeyCredential[id=" + id + "]";
    }
}
