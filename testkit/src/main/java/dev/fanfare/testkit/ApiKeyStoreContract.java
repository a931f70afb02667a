package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.ApiKeyStore.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [dev.fanfare.contract.broker.ApiKeyStore] does.
public abstract class ApiKeyStoreContract extends BrokerContract {

    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final String CAPABILITY = "{\"chat.*\":[\"publish\"]}";

    @Test
    public void newKey_isFoundAndTold_asItWasMade() {
        // Given
        ApiKey.Draft draft = draft("the shop's ü");
        long before = newest();

        // When
        ApiKey made = await(store().create(draft));

        // Then
        assertThat(made)
                .isEqualTo(new ApiKey(
                        draft.id(), made.version(), true, made.createdAt(), HASH, "the shop's ü", CAPABILITY));
        assertThat(made.version()).isGreaterThan(before);
        assertThat(await(store().find(draft.id()))).contains(made);
        assertThat(await(store().changedSince(before, 10))).containsExactly(made);
    }

    @Test
    public void creatingTwice_changesNothing() {
        // Given
        ApiKey.Draft draft = draft("one");
        ApiKey made = await(store().create(draft));

        // When
        ApiKey again = await(store().create(new ApiKey.Draft(draft.id(), HASH, "another", "{}")));

        // Then
        assertThat(again).isEqualTo(made);
    }

    @Test
    public void changedKey_isTheNewest_andOnlyItsStateIsAnother() {
        // Given
        ApiKey key = create();
        ApiKey later = create();

        // When
        ApiKey disabled = await(store().enable(key.id(), false)).orElseThrow();

        // Then
        assertThat(disabled.isEnabled()).isFalse();
        assertThat(disabled.version()).isGreaterThan(later.version());
        assertThat(disabled)
                .usingRecursiveComparison()
                .ignoringFields("version", "isEnabled")
                .isEqualTo(key);
        assertThat(await(store().changedSince(later.version(), 10))).containsExactly(disabled);
        assertThat(await(store().enable(key.id(), false))).contains(disabled);
        assertThat(await(store().enable(key.id(), true))).get().matches(ApiKey::isEnabled);
    }

    @Test
    public void unknownKey_isNobodys() {
        // When, Then
        String id = newId();
        assertThat(await(store().find(id))).isEmpty();
        assertThat(await(store().enable(id, true))).isEmpty();
        assertThat(await(store().remove(id))).isEqualTo(Removal.UNKNOWN);
    }

    @Test
    public void key_isRemovedOnlyWhenItIsDisabled() {
        // Given
        ApiKey key = create();

        // When
        Removal enabled = await(store().remove(key.id()));
        await(store().enable(key.id(), false));
        Removal disabled = await(store().remove(key.id()));

        // Then
        assertThat(List.of(enabled, disabled)).containsExactly(Removal.ENABLED, Removal.REMOVED);
        assertThat(await(store().find(key.id()))).isEmpty();
        assertThat(await(store().changedSince(key.version() - 1, 10))).isEmpty();
    }

    @Test
    public void pages_followEachOtherWithoutGap() {
        // Given
        long before = newest();
        List<CompletableFuture<ApiKey>> made = IntStream.range(0, 7)
                .mapToObj(i -> store().create(draft("key " + i)))
                .toList();
        List<ApiKey> keys = made.stream().map(BrokerContract::await).toList();

        // When
        List<ApiKey> read = readAll(before, 3);

        // Then
        assertThat(read).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(read).extracting(ApiKey::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    public void versionsGoOn_whenTheBrokerHasForgottenAll() {
        // Given
        ApiKey last = create();

        // When
        broker().forgetAll();

        // Then
        assertThat(await(store().changedSince(0, 10))).isEmpty();
        assertThat(create().version()).isGreaterThan(last.version());
    }

    @Test
    public void valuesOutOfRange_areRefused() {
        // When, Then
        assertThatThrownBy(() -> store().changedSince(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().changedSince(0, ApiKeyStore.MAX_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void unavailableBroker_isToldInTime() {
        broker().breakDown();
        assertUnavailable(store().create(draft("nobody's")));
        assertUnavailable(store().find(newId()));
        assertUnavailable(store().changedSince(0, 1));
        broker().repair();
        create();
    }

    private ApiKeyStore store() {
        return broker().apiKeys();
    }

    private static String newId() {
        return "key_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    private static ApiKey.Draft draft(String name) {
        return new ApiKey.Draft(newId(), HASH, name, CAPABILITY);
    }

    private ApiKey create() {
        return await(store().create(draft("some")));
    }

    private long newest() {
        List<ApiKey> all = readAll(0, ApiKeyStore.MAX_LIMIT);
        return all.isEmpty() ? 0 : all.getLast().version();
    }

    private List<ApiKey> readAll(long after, int limit) {
        List<ApiKey> all = new ArrayList<>();
        long last = after;
        while (true) {
            List<ApiKey> page = await(store().changedSince(last, limit));
            all.addAll(page);
            if (page.size() < limit) {
                return all;
            }
            last = page.getLast().version();
        }
    }
}
