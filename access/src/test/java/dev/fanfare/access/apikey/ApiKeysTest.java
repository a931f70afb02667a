package dev.fanfare.access.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.grant.Grant;
import dev.fanfare.access.grant.Verdict;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

    private static final Duration MAX_AGE = Duration.ofSeconds(10);
    private static final String ADMINS = "a secret of the administrator, 32 bytes or more";
    private static final Channel WALL = new Channel("open.wall");

    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryBroker broker =
            new InMemoryBroker(new ChannelRules(List.of()), new VirtualClock(), Duration.ofMinutes(5));
    private final ApiKeyCredential shops = ApiKeyCredential.drawn(new SecureRandom());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ApiKeyMetrics metrics = new ApiKeyMetrics(registry);
    private final ApiKeys keys = following(ADMINS);

    private ApiKeys following(@Nullable String adminSecret) {
        return new ApiKeys(broker, settings(adminSecret), nanos::get, metrics::refused);
    }

    private static ApiKeySettings settings(@Nullable String adminSecret) {
        return ApiKeySettings.of(
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                MAX_AGE,
                adminSecret == null ? null : adminSecret.getBytes(StandardCharsets.UTF_8));
    }

    private ApiKey create(ApiKeyCredential credential, String capability) {
        return broker.create(new ApiKey.Draft(credential.id(), credential.secretHash(), "some", capability))
                .join();
    }

    private void create() {
        create(shops, "{\"open.*\":[\"publish\"]}");
        keys.read(true);
    }

    @Test
    void key_mayDoWhatItsCapabilitySays() {
        // Given
        create();

        // When
        Grant grant = ((Verdict.Granted) keys.admit(shops)).grant();

        // Then
        assertThat(grant.apiKey()).isEqualTo(shops.id());
        assertThat(grant.isStrangers()).isFalse();
        assertThat(grant.allows(Operation.PUBLISH, WALL)).isTrue();
        assertThat(grant.allows(Operation.SUBSCRIBE, WALL)).isFalse();
        assertThat(grant.refusal()).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void wrongSecretAndUnknownId_areRefusedAlike() {
        // Given
        create();

        // When
        Verdict wrong = keys.admit(new ApiKeyCredential(shops.id(), shops.secret() + "x"));
        Verdict unknown = keys.admit(new ApiKeyCredential("fk_nobody", shops.secret()));
        Verdict swapped = keys.admit(new ApiKeyCredential(shops.id(), shops.secretHash()));

        // Then
        assertThat(wrong).isEqualTo(unknown).isEqualTo(swapped);
        assertThat(codeOf(wrong)).contains(ErrorCode.API_KEY_INVALID);
    }

    @Test
    void disabledKey_isRefused_untilItIsEnabled_andOnlyItsHolderLearnsIt() {
        // Given
        create();

        // When
        broker.enable(shops.id(), false).join();
        keys.read(false);
        Optional<ErrorCode> disabled = codeOf(keys.admit(shops));
        Optional<ErrorCode> stranger = codeOf(keys.admit(new ApiKeyCredential(shops.id(), "x")));
        broker.enable(shops.id(), true).join();
        keys.read(false);

        // Then
        assertThat(disabled).contains(ErrorCode.API_KEY_DISABLED);
        assertThat(stranger).contains(ErrorCode.API_KEY_INVALID);
        assertThat(codeOf(keys.admit(shops))).isEmpty();
    }

    @Test
    void disabledKey_staysSo_whenAFailoverHasLostIt() {
        // Given
        ApiKey before = create(shops, "{}");
        ApiKey after = broker.enable(shops.id(), false).join().orElseThrow();
        keys.learn(after);

        // When
        keys.learn(before);

        // Then
        keys.read(true);
        assertThat(codeOf(keys.admit(shops))).contains(ErrorCode.API_KEY_DISABLED);
    }

    @Test
    void removedKey_isUnknown_fromTheNextReadOfAllOn() {
        // Given
        create();
        broker.enable(shops.id(), false).join();
        broker.remove(shops.id()).join();

        // When
        nanos.incrementAndGet();
        keys.read(true);

        // Then
        assertThat(codeOf(keys.admit(shops))).contains(ErrorCode.API_KEY_INVALID);
    }

    @Test
    void keyThatIsLearnt_counts_andIsNotDroppedByAReadThatBeganBefore() {
        // Given
        keys.read(true);
        ApiKey made = create(shops, "{}");
        broker.forgetAll();
        nanos.incrementAndGet();

        // When
        keys.learn(made);
        keys.read(true);
        Optional<ErrorCode> atOnce = codeOf(keys.admit(shops));
        nanos.incrementAndGet();
        keys.read(true);

        // Then
        assertThat(atOnce).isEmpty();
        assertThat(codeOf(keys.admit(shops))).contains(ErrorCode.API_KEY_INVALID);
    }

    @Test
    void moreKeysThanAPage_areAllKnown() {
        // Given
        List<ApiKeyCredential> many = IntStream.range(0, ApiKeyStore.MAX_LIMIT + 1)
                .mapToObj(i -> new ApiKeyCredential("key_" + i, "secret " + i))
                .toList();
        many.forEach(credential -> create(credential, "{}"));

        // When
        keys.read(true);

        // Then
        assertThat(many).allMatch(credential -> codeOf(keys.admit(credential)).isEmpty());
    }

    @Test
    void beforeTheFirstRead_onlyTheAdminIsLetIn() {
        // Given
        ApiKey made = create(shops, "{}");
        keys.learn(made);

        // When, Then
        assertThat(codeOf(keys.admit(shops))).contains(ErrorCode.API_KEYS_UNKNOWN);
        assertThat(codeOf(keys.admit(new ApiKeyCredential("admin", ADMINS)))).isEmpty();
    }

    @Test
    void answerThatIsTooOld_isNoReasonToLetAnybodyIn() {
        // Given
        create();
        broker.stop();

        // When
        nanos.addAndGet(MAX_AGE.toNanos());
        keys.read(false);
        Optional<ErrorCode> inTime = codeOf(keys.admit(shops));
        nanos.addAndGet(1);
        Optional<ErrorCode> tooLate = codeOf(keys.admit(shops));
        broker.resume();
        keys.read(false);

        // Then
        assertThat(inTime).isEmpty();
        assertThat(tooLate).contains(ErrorCode.API_KEYS_UNKNOWN);
        assertThat(codeOf(keys.admit(shops))).isEmpty();
    }

    @Test
    void admin_mayDoAdminEverywhereAndNothingElse_withTheRightSecret() {
        // When
        Verdict right = keys.admit(new ApiKeyCredential("admin", ADMINS));
        Verdict wrong = keys.admit(new ApiKeyCredential("admin", ADMINS + "!"));

        // Then
        Grant grant = ((Verdict.Granted) right).grant();
        assertThat(grant.capabilities().toJson()).isEqualTo("{\"*\":[\"admin\"]}");
        assertThat(codeOf(wrong)).contains(ErrorCode.API_KEY_INVALID);
    }

    @Test
    void withoutAdminSecret_nobodyIsAdmin_notEvenAKeyOfThatId() {
        // Given
        var admin = new ApiKeyCredential("admin", "x");
        create(admin, "{\"*\":[\"admin\"]}");
        ApiKeys withoutSecret = following(null);
        withoutSecret.read(true);

        // When, Then
        assertThat(codeOf(withoutSecret.admit(admin))).contains(ErrorCode.API_KEY_INVALID);
        assertThat(codeOf(withoutSecret.admit(new ApiKeyCredential("admin", ""))))
                .contains(ErrorCode.API_KEY_INVALID);
    }

    @Test
    void keyWhoseCapabilityCannotBeRead_mayDoNothing() {
        // Given
        create(shops, "[]");

        // When
        keys.read(true);

        // Then
        assertThat(((Verdict.Granted) keys.admit(shops)).grant().allows(Operation.PUBLISH, WALL))
                .isFalse();
    }

    @Test
    void refusedKeys_areCountedByTheReason_andGoodOnesAreNot() {
        // Given
        keys.admit(shops);
        create();
        keys.admit(shops);
        keys.admit(ApiKeyCredential.drawn(new SecureRandom()));
        keys.admit(ApiKeyCredential.drawn(new SecureRandom()));
        broker.enable(shops.id(), false).join();
        keys.read(false);

        // When
        keys.admit(shops);

        // Then
        assertThat(refused("api-keys-unknown")).isEqualTo(1);
        assertThat(refused("api-key-invalid")).isEqualTo(2);
        assertThat(refused("api-key-disabled")).isEqualTo(1);
    }

    private double refused(String reason) {
        return registry.get("fanfare.access.api.keys.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void following_noticesChanges() {
        // Given
        try (var following = ApiKeys.of(broker, settings(null), metrics::refused)) {
            create(shops, "{}");
            await().until(() -> codeOf(following.admit(shops)).isEmpty());

            // When
            broker.enable(shops.id(), false).join();

            // Then
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> codeOf(following.admit(shops)).equals(Optional.of(ErrorCode.API_KEY_DISABLED)));
        }
    }

    private static Optional<ErrorCode> codeOf(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Granted _ -> Optional.empty();
            case Verdict.Refused(ErrorCode code, String _) -> Optional.of(code);
        };
    }
}
