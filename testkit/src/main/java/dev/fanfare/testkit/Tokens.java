package dev.fanfare.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An issuer of tokens that signs with a secret (HS256), for tests of services that know it by its file.
///
/// ```java
/// static final Tokens TOKENS = Tokens.issuedBy("tests");
/// config.put("fanfare.access.issuers.tests.secret-file", TOKENS.secretFile().toString());
/// String token = TOKENS.forSubject("alice").allowing("{\"iss.*\":[\"subscribe\"]}").until(soon);
/// ```
public final class Tokens {

    /// For whom the tokens are.
    public static final String AUDIENCE = "fanfare";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String issuer;
    private final String secret;

    private Tokens(String issuer, String secret) {
        this.issuer = issuer;
        this.secret = secret;
    }

    /// An issuer of that name.
    public static Tokens issuedBy(String issuer) {
        return new Tokens(issuer, "the secret of " + issuer + ", which is no secret at all");
    }

    /// What the tokens say in `iss`.
    public String issuer() {
        return issuer;
    }

    /// The secret that signs.
    public String secret() {
        return secret;
    }

    /// A file with the secret; it goes when the JVM does.
    public Path secretFile() {
        try {
            Path file = Files.createTempFile("fanfare-secret", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A token to be.
    public Draft forSubject(String subject) {
        return new Draft(subject, "{}", "");
    }

    /// What a token says besides issuer, audience and end. `more` are further members, each with a comma before it.
    public final class Draft {
        private final String subject;
        private final String capability;
        private final String more;

        private Draft(String subject, String capability, String more) {
            this.subject = subject;
            this.capability = capability;
            this.more = more;
        }

        /// The same with that capability, as JSON.
        public Draft allowing(String newCapability) {
            return new Draft(subject, newCapability, more);
        }

        /// The same with one more claim, its value as JSON.
        public Draft with(String claim, String json) {
            return new Draft(subject, capability, more + ",\"" + claim + "\":" + json);
        }

        /// The token, valid until `expiresAt`, which is told in whole seconds.
        public String until(Instant expiresAt) {
            return sign("{\"alg\":\"HS256\"}", claims(expiresAt));
        }

        /// A token whose signature somebody else made.
        public String forgedUntil(Instant expiresAt) {
            return new Tokens(issuer, secret + "!").sign("{\"alg\":\"HS256\"}", claims(expiresAt));
        }

        /// A token that nobody signed.
        public String unsignedUntil(Instant expiresAt) {
            return encoded("{\"alg\":\"none\"}") + "." + encoded(claims(expiresAt)) + ".";
        }

        private String claims(Instant expiresAt) {
            return "{\"iss\":\"" + issuer + "\",\"aud\":\"" + AUDIENCE + "\",\"sub\":\"" + subject + "\",\"exp\":"
                    + expiresAt.getEpochSecond() + ",\"capability\":" + capability + more + "}";
        }
    }

    private String sign(String header, String claims) {
        String signed = encoded(header) + "." + encoded(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(UTF_8));
    }
}
