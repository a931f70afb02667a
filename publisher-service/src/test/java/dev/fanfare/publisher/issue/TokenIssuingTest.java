package dev.fanfare.publisher.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.access.apikey.ApiKeyCredential;
import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.grant.Grant;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.KeyFolder;
import dev.fanfare.testkit.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIssuingTest {

    private static final String ALLOWED = "{\"chat.*\":[\"subscribe\",\"publish\"]}";

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryBroker broker = new InMemoryBroker(new ChannelRules(List.of()), clock, Duration.ofMinutes(5));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ApiKeyCredential shop = ApiKeyCredential.drawn(new SecureRandom());
    private final Grant grant = Grant.ofKey(shop.id(), capability(ALLOWED));
    private final TokenIssuing issuing = issuing(KeyFolder.with("k").path());

    TokenIssuingTest() {
        broker.create(new ApiKey.Draft(shop.id(), shop.secretHash(), "the shop", ALLOWED))
                .join();
    }

    private TokenIssuing issuing(@Nullable Path folder) {
        IssueSettings settings = SigningKeysTest.settings(folder, null);
        var signing = new SigningKeys(broker, settings);
        signing.round();
        return new TokenIssuing(broker, signing, settings, new IssueMetrics(registry, signing::size), clock);
    }

    private static Capabilities capability(String json) {
        return Capabilities.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static TokenOrder order(String capability, @Nullable Duration lifetime) {
        return new TokenOrder("alice", "phone-7", capability(capability), lifetime);
    }

    private static @Nullable ErrorCode codeOf(Issuing issuing) {
        return issuing instanceof Issuing.Refused(ErrorCode code, String _) ? code : null;
    }

    private double count(String outcome) {
        return registry.get("fanfare.publisher.tokens")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void token_saysWhatWasOrdered_andForWhichKey() {
        // When
        var issued =
                (Issuing.Issued) issuing.issue(grant, order("{\"chat.42\":[\"publish\"]}", Duration.ofMillis(90_500)));

        // Then
        String claims =
                new String(Base64.getUrlDecoder().decode(issued.token().split("\\.", -1)[1]), StandardCharsets.UTF_8);
        long now = clock.instant().getEpochSecond();
        assertThat(claims)
                .isEqualTo(
                        "{\"iat\":%d,\"exp\":%d,\"iss\":\"fanfare\",\"aud\":\"fanfare\",\"sub\":\"alice\",\"jti\":\"%s\","
                                        .formatted(now, now + 90, issued.id())
                                + "\"apiKey\":\"%s\",\"clientId\":\"phone-7\",\"capability\":{\"chat.42\":[\"publish\"]}}"
                                        .formatted(shop.id()));
        assertThat(issued.expiresAt()).isEqualTo(Instant.ofEpochSecond(now + 90));
        assertThat(issued.toString()).doesNotContain(issued.token());
        assertThat(count("issued")).isEqualTo(1);
    }

    @Test
    void lifetimeThatIsNotSaid_isTheDefault_andIdsDiffer() {
        // When
        var one = (Issuing.Issued) issuing.issue(grant, order("{}", null));
        var other = (Issuing.Issued) issuing.issue(grant, order("{}", null));

        // Then
        assertThat(Duration.between(one.issuedAt(), one.expiresAt())).isEqualTo(Duration.ofMinutes(15));
        assertThat(one.id()).isNotEqualTo(other.id());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999, 3_600_001, Long.MAX_VALUE})
    void lifetimeOutOfRange_isRefused(long millis) {
        // When, Then
        assertThat(codeOf(issuing.issue(grant, order("{}", Duration.ofMillis(millis)))))
                .isEqualTo(ErrorCode.BODY_INVALID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"chat.*\":[\"subscribe\",\"publish\"]} | true",
                "{\"chat.4*\":[\"subscribe\"],\"chat.5\":[\"publish\"]} | true",
                "{\"chat.*\":[\"history\"]} | false",
                "{\"chat*\":[\"subscribe\"]} | false",
                "{\"*\":[\"subscribe\"]} | false",
                "{\"chat.4\":[\"subscribe\"],\"other\":[\"subscribe\"]} | false",
                "{\"chat.4\":[\"admin\"]} | false",
            })
    void capability_hasToLieWithinThatOfTheKey(String capability, boolean isWithin) {
        // When
        Issuing result = issuing.issue(grant, order(capability, null));

        // Then
        assertThat(codeOf(result)).isEqualTo(isWithin ? null : ErrorCode.CAPABILITY_EXCEEDED);
        assertThat(count("refused")).isEqualTo(isWithin ? 0 : 1);
    }

    @Test
    void keyThatWasDisabledJustNow_getsNothing_whateverTheInstanceKnows() {
        // Given
        broker.enable(shop.id(), false).join();

        // When
        Issuing disabled = issuing.issue(grant, order("{}", null));
        broker.remove(shop.id()).join();
        Issuing removed = issuing.issue(grant, order("{}", null));

        // Then
        assertThat(codeOf(disabled)).isEqualTo(ErrorCode.API_KEY_DISABLED);
        assertThat(codeOf(removed)).isEqualTo(ErrorCode.API_KEY_INVALID);
    }

    @Test
    void strangersAndTheAdmin_getNoTokens() {
        // Given
        Capabilities everything = capability("{\"*\":[\"admin\"]}");

        // When, Then
        assertThat(codeOf(issuing.issue(Grant.ofStrangers(Capabilities.NONE), order("{}", null))))
                .isEqualTo(ErrorCode.TOKEN_MISSING);
        assertThat(codeOf(issuing.issue(Grant.ofStrangers(everything), order("{}", null))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(codeOf(issuing.issue(Grant.ofKey("admin", everything), order("{}", null))))
                .isEqualTo(ErrorCode.API_KEY_INVALID);
    }

    @Test
    void withoutSigningKey_nothingIsIssued_andThatIsCountedApart() {
        // When
        Issuing result = issuing(null).issue(grant, order("{}", null));

        // Then
        assertThat(codeOf(result)).isEqualTo(ErrorCode.SIGNING_KEY_MISSING);
        assertThat(count("failed")).isEqualTo(1);
    }
}
