package dev.fanfare.access.wiring;

import dev.fanfare.access.key.IssuerKeys;
import dev.fanfare.access.key.KeySet;
import dev.fanfare.access.key.SigningAlgorithm;
import dev.fanfare.access.key.VerificationKey;
import dev.fanfare.access.token.TrustedIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.keys.HmacKey;

/// One issuer of the configuration, checked before anything of it is used.
final class IssuerReading {

    private static final int MAX_NAME_LENGTH = 255;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /// Where the keys are that this installation signs with. A file of that name is `./redis`.
    private static final String REDIS = "redis";

    private final String key;
    private final AccessConfig.Issuer config;

    IssuerReading(String name, AccessConfig.Issuer config) {
        this.key = "issuers.\"" + name + "\".";
        this.config = config;
    }

    /// @throws IllegalAccessConfigException if it must not be used so; no thread has been started then
    TrustedIssuer read(KeySources sources) {
        String issuer = named("issuer", config.issuer());
        String audience = named("audience", config.audience());
        Optional<String> jwks = config.jwks().filter(text -> !text.isBlank());
        Optional<String> secretFile = config.secretFile().filter(text -> !text.isBlank());
        if (jwks.isPresent() == secretFile.isPresent()) {
            throw illegal("jwks", "set either this or secret-file: one issuer has public keys or a secret");
        }
        Set<SigningAlgorithm> algorithms = algorithms(secretFile.isPresent());
        IssuerKeys keys = secretFile.isPresent()
                ? secret(secretFile.get())
                : keySet(issuer, jwks.orElseThrow(), algorithms, sources);
        return new TrustedIssuer(issuer, audience, algorithms, keys);
    }

    private String named(String property, String value) {
        if (value.isBlank() || value.length() > MAX_NAME_LENGTH) {
            throw illegal(property, "give 1 to " + MAX_NAME_LENGTH + " characters");
        }
        return value;
    }

    private Set<SigningAlgorithm> algorithms(boolean symmetric) {
        Set<SigningAlgorithm> possible = Stream.of(SigningAlgorithm.values())
                .filter(a -> a.isSymmetric() == symmetric)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(SigningAlgorithm.class)));
        List<String> ids = config.algorithms().orElse(List.of());
        if (ids.isEmpty()) {
            return possible;
        }
        Set<SigningAlgorithm> chosen = EnumSet.noneOf(SigningAlgorithm.class);
        for (String id : ids) {
            SigningAlgorithm algorithm = SigningAlgorithm.of(id)
                    .orElseThrow(() -> illegal("algorithms", "choose of RS256, ES256, EdDSA and HS256, not " + id));
            if (!possible.contains(algorithm)) {
                throw illegal(
                        "algorithms",
                        symmetric
                                ? id + " needs public keys: set jwks instead of secret-file"
                                : id + " needs a secret: set secret-file instead of jwks, or remove it");
            }
            chosen.add(algorithm);
        }
        return chosen;
    }

    private IssuerKeys secret(String file) {
        byte[] secret = SecretFile.read(file, problem -> illegal("secret-file", problem));
        var key = new VerificationKey(null, SigningAlgorithm.HS256, new HmacKey(secret));
        return IssuerKeys.fixed(new KeySet(List.of(key)));
    }

    private IssuerKeys keySet(String issuer, String location, Set<SigningAlgorithm> algorithms, KeySources sources) {
        if (location.equals(REDIS)) {
            return sources.fromBoard(issuer, algorithms);
        }
        if (!location.contains(":")) {
            return sources.fromFile(issuer, Path.of(location), algorithms);
        }
        URI uri = uri(location);
        return switch (String.valueOf(uri.getScheme())) {
            case "file" -> sources.fromFile(issuer, path(uri), algorithms);
            case "https" -> sources.fromUrl(issuer, checked(uri), algorithms);
            case "http" -> {
                if (!LOOPBACK.contains(String.valueOf(uri.getHost()))) {
                    throw illegal("jwks", "use https: whoever sits between could send keys of their own");
                }
                yield sources.fromUrl(issuer, checked(uri), algorithms);
            }
            default -> throw illegal("jwks", "use a path, or a file: or https: URL");
        };
    }

    private URI uri(String location) {
        try {
            return URI.create(location);
        } catch (IllegalArgumentException _) {
            // The message would quote the URL, in which there may be a password.
            throw illegal("jwks", "this is not a URL");
        }
    }

    private Path path(URI uri) {
        try {
            return Path.of(uri);
        } catch (IllegalArgumentException _) {
            throw illegal("jwks", "use file:///absolute/path");
        }
    }

    private URI checked(URI uri) {
        if (uri.getHost() == null) {
            throw illegal("jwks", "the URL names no host");
        }
        if (uri.getUserInfo() != null) {
            throw illegal("jwks", "leave user and password out: a key set is public");
        }
        return uri;
    }

    private IllegalAccessConfigException illegal(String property, String problem) {
        return new IllegalAccessConfigException(key + property, problem);
    }
}
