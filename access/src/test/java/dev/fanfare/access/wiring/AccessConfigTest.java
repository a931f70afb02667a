package dev.fanfare.access.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.Operation;
import dev.fanfare.contract.broker.PublicKeyBoard;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.testkit.InMemoryBroker;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessConfigTest {

    private static final String SECRET = "correct horse battery staple, and more";

    @TempDir
    private Path folder;

    @Test
    void defaults() {
        AccessConfig config = configOf(Map.of());

        assertThat(config.issuers()).isEmpty();
        assertThat(config.clockSkew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.maxLifetime()).isEqualTo(Duration.ofHours(24));
        assertThat(config.maxTokenBytes()).isEqualTo(8192);
        assertThat(config.anonymous()).isEmpty();
        assertThat(config.keys().refreshInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.keys().unknownKeyInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.keys().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.keys().redisInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.apiKeys().interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.apiKeys().fullInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.apiKeys().maxAge()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.adminSecretFile()).isEmpty();
        assertThat(config.revocations().interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.revocations().fullInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.revocations().maxAge()).isEqualTo(Duration.ofSeconds(10));
        assertThat(AccessSettings.revocations(config).memory())
                .isEqualTo(Duration.ofHours(24).plusMinutes(1));
        assertThat(AccessSettings.anonymous(config)).isEqualTo(Capabilities.NONE);
    }

    @Test
    void everyProperty_isMapped() {
        AccessConfig config = configOf(Map.ofEntries(
                Map.entry("fanfare.access.issuers.\"my app\".issuer", "https://app"),
                Map.entry("fanfare.access.issuers.\"my app\".audience", "fanfare"),
                Map.entry("fanfare.access.issuers.\"my app\".jwks", "https://app/jwks"),
                Map.entry("fanfare.access.issuers.\"my app\".secret-file", "/secret"),
                Map.entry("fanfare.access.issuers.\"my app\".algorithms", "ES256,EdDSA"),
                Map.entry("fanfare.access.clock-skew", "1S"),
                Map.entry("fanfare.access.max-lifetime", "1H"),
                Map.entry("fanfare.access.max-token-bytes", "1000"),
                Map.entry("fanfare.access.anonymous", "{}"),
                Map.entry("fanfare.access.keys.refresh-interval", "2M"),
                Map.entry("fanfare.access.keys.unknown-key-interval", "3S"),
                Map.entry("fanfare.access.keys.timeout", "4S"),
                Map.entry("fanfare.access.keys.redis-interval", "7S"),
                Map.entry("fanfare.access.api-keys.interval", "1S"),
                Map.entry("fanfare.access.api-keys.full-interval", "5S"),
                Map.entry("fanfare.access.api-keys.max-age", "6S"),
                Map.entry("fanfare.access.admin-secret-file", "/admin"),
                Map.entry("fanfare.access.revocations.interval", "1S"),
                Map.entry("fanfare.access.revocations.full-interval", "5S"),
                Map.entry("fanfare.access.revocations.max-age", "6S")));

        AccessConfig.Issuer issuer = Objects.requireNonNull(config.issuers().get("my app"));
        assertThat(issuer.issuer()).isEqualTo("https://app");
        assertThat(issuer.audience()).isEqualTo("fanfare");
        assertThat(issuer.jwks()).contains("https://app/jwks");
        assertThat(issuer.secretFile()).contains("/secret");
        assertThat(issuer.algorithms()).contains(List.of("ES256", "EdDSA"));
        assertThat(config.clockSkew()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.maxLifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(config.maxTokenBytes()).isEqualTo(1000);
        assertThat(config.anonymous()).contains("{}");
        assertThat(config.keys().refreshInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.keys().unknownKeyInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.keys().timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.keys().redisInterval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.apiKeys().interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.apiKeys().fullInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.apiKeys().maxAge()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.adminSecretFile()).contains("/admin");
        assertThat(config.revocations().interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.revocations().fullInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.revocations().maxAge()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void anonymousRule_allowsWhatItSays() {
        // When
        Capabilities capabilities =
                AccessSettings.anonymous(configOf(Map.of("fanfare.access.anonymous", "{\"iss.*\":[\"subscribe\"]}")));

        // Then
        assertThat(capabilities.allows(Operation.SUBSCRIBE, new Channel("iss.telemetry")))
                .isTrue();
        assertThat(capabilities.allows(Operation.PUBLISH, new Channel("iss.telemetry")))
                .isFalse();
    }

    @Test
    void anonymousRuleThatIsNoCapability_isRefused() {
        // When, Then
        assertThatThrownBy(() -> AccessSettings.anonymous(configOf(Map.of("fanfare.access.anonymous", "yes"))))
                .isInstanceOf(IllegalAccessConfigException.class)
                .hasMessageContaining("fanfare.access.anonymous");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jwks | https://issuer.example/jwks",
                "jwks | http://127.0.0.1:8080/jwks",
                "jwks | http://localhost/jwks",
                "jwks | http://[::1]/jwks",
                "jwks | file:///no/such/file",
                "jwks | /no/such/file",
                "jwks | redis",
            })
    void safeSource_isTaken(String key, String value) {
        // When, Then
        read(issuer(Map.of(key, value)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jwks | http://issuer.example/jwks | jwks | use https",
                "jwks | http://127.0.0.1.issuer.example/jwks | jwks | use https",
                "jwks | http://127.0.0.1@issuer.example/jwks | jwks | use https",
                "jwks | https://user:word@issuer.example/jwks | jwks | leave user and password out",
                "jwks | https:jwks | jwks | names no host",
                "jwks | ftp://issuer.example/jwks | jwks | use a path",
                "jwks | https://not a url | jwks | not a URL",
                "issuer | ' ' | issuer | give 1 to 255",
                "audience | ' ' | audience | give 1 to 255",
                "algorithms | none | algorithms | choose of",
                "algorithms | rs256 | algorithms | choose of",
                "algorithms | RS512 | algorithms | choose of",
                "algorithms | ES256,HS256 | algorithms | needs a secret",
            })
    void unsafeIssuer_isRefusedWithKeyAndRemedy(String key, String value, String named, String remedy) {
        // Given
        Map<String, String> values = issuer(both(key, value));

        // When, Then
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(IllegalAccessConfigException.class)
                .hasMessageStartingWith("fanfare.access.issuers.\"app\"." + named + ": ")
                .hasMessageContaining(remedy)
                .hasMessageNotContaining("user:word");
    }

    @Test
    void secretAndKeySetOfOneIssuer_areRefused() throws IOException {
        // Given
        Map<String, String> both = issuer(Map.of("jwks", "https://a/", "secret-file", secret(SECRET)));
        Map<String, String> neither = issuer(Map.of());

        // When, Then
        assertThatThrownBy(() -> read(both)).hasMessageContaining("either this or secret-file");
        assertThatThrownBy(() -> read(neither)).hasMessageContaining("either this or secret-file");
    }

    @Test
    void publicAlgorithmWithASecret_isRefused() throws IOException {
        // Given
        Map<String, String> values = issuer(Map.of("secret-file", secret(SECRET), "algorithms", "RS256"));

        // When, Then
        assertThatThrownBy(() -> read(values)).hasMessageContaining("RS256 needs public keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "0123456789012345678901234567890", "0123456789012345678901234567890\r\n"})
    void shortSecret_isRefusedWithoutShowingIt(String secret) throws IOException {
        // Given
        Map<String, String> values = issuer(Map.of("secret-file", secret(secret)));

        // When, Then
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(IllegalAccessConfigException.class)
                .hasMessageContaining("issuers.\"app\".secret-file")
                .hasMessageContaining("32 to 4096")
                .hasMessageNotContaining("0123");
    }

    @Test
    void secretThatCannotBeReadOrIsTooLong_isRefused() throws IOException {
        // Given
        Map<String, String> missing =
                issuer(Map.of("secret-file", folder.resolve("no").toString()));
        Map<String, String> tooLong = issuer(Map.of("secret-file", secret("x".repeat(4097))));

        // When, Then
        assertThatThrownBy(() -> read(missing)).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> read(tooLong)).hasMessageContaining("32 to 4096");
    }

    @Test
    void shortAdminSecret_isRefusedWithoutShowingIt() throws IOException {
        // Given
        Map<String, String> values = Map.of("fanfare.access.admin-secret-file", secret("hunter2"));

        // When, Then
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(IllegalAccessConfigException.class)
                .hasMessageStartingWith("fanfare.access.admin-secret-file: ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void lineBreakAfterTheSecret_doesNotCount() throws IOException {
        // When
        byte[] bare = SecretFile.read(secret(SECRET), IllegalStateException::new);
        byte[] ended = SecretFile.read(secret(SECRET + "\n"), IllegalStateException::new);
        byte[] endedTwice = SecretFile.read(secret(SECRET + "\n\n"), IllegalStateException::new);

        // Then
        assertThat(ended).isEqualTo(bare).hasSize(SECRET.length());
        assertThat(endedTwice).hasSize(SECRET.length() + 1);
        assertThat(SecretFile.read(secret("x".repeat(4096) + "\r\n"), IllegalStateException::new))
                .hasSize(4096);
    }

    @Test
    void twoNamesOfOneIssuer_areRefused() {
        // Given
        Map<String, String> values = issuer(Map.of("jwks", "https://a.example/"));
        values.put("fanfare.access.issuers.\"b\".issuer", "https://app");
        values.put("fanfare.access.issuers.\"b\".audience", "fanfare");
        values.put("fanfare.access.issuers.\"b\".jwks", "https://a.example/");

        // When, Then
        assertThatThrownBy(() -> read(values)).hasMessageContaining("name each issuer once");
    }

    @ParameterizedTest
    @CsvSource({
        "clock-skew, PT-1S",
        "clock-skew, 301S",
        "max-lifetime, 0S",
        "max-lifetime, P366D",
        "max-token-bytes, 255",
        "max-token-bytes, 65537",
        "keys.refresh-interval, 0.9S",
        "keys.refresh-interval, P2D",
        "keys.unknown-key-interval, 0S",
        "keys.unknown-key-interval, 61M",
        "keys.timeout, 0S",
        "keys.timeout, 61S",
        "keys.redis-interval, 99MS",
        "keys.redis-interval, 61S",
        "api-keys.interval, 0S",
        "api-keys.interval, 6S",
        "api-keys.full-interval, 0.9S",
        "api-keys.full-interval, 61M",
        "api-keys.max-age, 0.9S",
        "api-keys.max-age, 61M",
        "revocations.interval, 0S",
        "revocations.interval, 6S",
        "revocations.full-interval, 0.9S",
        "revocations.full-interval, 61M",
        "revocations.max-age, 0.9S",
        "revocations.max-age, 61M",
    })
    void valueOutOfRange_isRefusedWithItsKey(String key, String value) {
        // When, Then
        assertThatThrownBy(() -> read(new HashMap<>(Map.of("fanfare.access." + key, value))))
                .isInstanceOf(IllegalAccessConfigException.class)
                .hasMessageContaining("fanfare.access." + key + ": choose ");
    }

    private static Map<String, String> both(String key, String value) {
        Map<String, String> values = new HashMap<>(Map.of("jwks", "https://issuer.example/jwks"));
        values.put(key, value);
        return values;
    }

    private static Map<String, String> issuer(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("issuer", "https://app", "audience", "fanfare"));
        all.putAll(properties);
        Map<String, String> values = new HashMap<>();
        all.forEach((key, value) -> values.put("fanfare.access.issuers.\"app\"." + key, value));
        return values;
    }

    private String secret(String content) throws IOException {
        return Files.writeString(folder.resolve("secret"), content).toString();
    }

    private static void read(Map<String, String> values) {
        AccessConfig config = configOf(values);
        AccessSettings.verifier(config, AccessConfigTest::board, Clock.systemUTC(), new Random(1))
                .close();
        var _ = AccessSettings.apiKeys(config);
        var _ = AccessSettings.revocations(config);
    }

    private static PublicKeyBoard board() {
        return new InMemoryBroker(new ChannelRules(List.of()), Clock.systemUTC(), Duration.ofMinutes(5));
    }

    private static AccessConfig configOf(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(AccessConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(AccessConfig.class);
    }
}
