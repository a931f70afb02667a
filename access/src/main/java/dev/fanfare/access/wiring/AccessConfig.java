package dev.fanfare.access.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whose tokens are taken, and what is allowed without one.
///
/// All services of one installation must have the same values here. What is unsafe stops the start.
@ConfigMapping(prefix = "fanfare.access")
public interface AccessConfig {

    /// Those who issue tokens, by a name of your choice. Without any no token is taken.
    Map<String, Issuer> issuers();

    /// How far the clocks of issuers may be off, 0 to 5 minutes. A token is taken for so much longer.
    @WithDefault("30S")
    Duration clockSkew();

    /// Longest time from issue to expiry of a token, 1 s to 365 days. What is revoked is remembered for as
    /// long.
    @WithDefault("PT24H")
    Duration maxLifetime();

    /// Longest token in bytes, 256 to 65536. What is longer is refused before anything of it is read.
    @WithDefault("8192")
    int maxTokenBytes();

    /// What is allowed without a token, as the JSON of a capability claim: `{"iss.*":["subscribe"]}`. Unless
    /// set nothing is.
    Optional<String> anonymous();

    /// How key sets are read.
    Keys keys();

    /// How revocations are followed.
    Revoked revocations();

    /// How API keys are followed, where they are taken.
    ApiKeys apiKeys();

    /// A file with the secret of the API key `admin`, 32 to 4096 bytes; one line break at the end does not count. The
    /// key is there without Redis, makes the first other keys, and may do `admin` on every channel. Unless set
    /// nobody has it.
    Optional<String> adminSecretFile();

    /// One issuer.
    interface Issuer {

        /// What `iss` of its tokens is, exactly: 1 to 255 characters.
        String issuer();

        /// What `aud` of its tokens must be or contain: the name of this installation at the issuer, so that a
        /// token for somebody else is of no use here.
        String audience();

        /// Where its JSON Web Key Set is: a path, or a `file:`, `https:` or (on the loopback address only)
        /// `http:` URL; or `redis` for the keys that publisher-service signs with. Either this or
        /// `secret-file`.
        Optional<String> jwks();

        /// A file with the secret that it signs with, 32 to 4096 bytes; one line break at the end does not
        /// count. Whoever can read it can issue tokens.
        Optional<String> secretFile();

        /// How its tokens may be signed: of RS256, ES256, EdDSA with `jwks` (unless set, all of them), HS256
        /// with `secret-file`.
        Optional<List<String>> algorithms();
    }

    /// How key sets are read.
    interface Keys {

        /// Time between two reads of a key set, 1 s to 1 day, and up to a fifth more or less. A key that was
        /// withdrawn is taken for so much longer.
        @WithDefault("5M")
        Duration refreshInterval();

        /// Least time between two reads that tokens with unknown keys cause, 100 ms to 1 hour. A new key may
        /// be unknown for so long; less lets strangers cause more reads.
        @WithDefault("10S")
        Duration unknownKeyInterval();

        /// How long one read may take, 100 ms to 1 min.
        @WithDefault("5S")
        Duration timeout();

        /// Time between two reads of the keys in Redis, 100 ms to 1 min, and up to a fifth more or less. A
        /// tenth of it is the least time between two that unknown keys cause. Each costs Redis one command.
        @WithDefault("1S")
        Duration redisInterval();
    }

    /// How API keys are followed.
    interface ApiKeys {

        /// Time between two questions for keys that have changed, 50 ms to 5 s: so long a disabled key may be
        /// taken. Each costs Redis one command.
        @WithDefault("0.5S")
        Duration interval();

        /// Time between two reads of all keys, 1 s to 1 hour.
        @WithDefault("10S")
        Duration fullInterval();

        /// How old the last answer of Redis may be until all keys are refused, 1 s to 1 hour. A larger value
        /// rides out longer outages of Redis, during which nobody can be shut out.
        @WithDefault("10S")
        Duration maxAge();
    }

    /// How revocations are followed.
    interface Revoked {

        /// Time between two questions for new revocations, 50 ms to 5 s: so long one may go unnoticed. Each costs
        /// Redis one command.
        @WithDefault("0.5S")
        Duration interval();

        /// Time between two reads of all revocations, 1 s to 1 hour.
        @WithDefault("10S")
        Duration fullInterval();

        /// How old the last answer of Redis may be until all tokens are refused, 1 s to 1 hour. A larger value
        /// rides out longer outages of Redis, during which nobody can be shut out.
        @WithDefault("10S")
        Duration maxAge();
    }
}
