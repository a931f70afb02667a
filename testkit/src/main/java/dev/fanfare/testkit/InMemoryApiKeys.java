package dev.fanfare.testkit;

import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.ApiKeyStore.Removal;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The API keys of the in-memory broker. Confined to its thread.
final class InMemoryApiKeys {

    private final Map<String, ApiKey> byId = new HashMap<>();
    private final Clock clock;
    // Goes on when all else is forgotten, as the clock of Redis does.
    private long lastVersion;

    InMemoryApiKeys(Clock clock) {
        this.clock = clock;
    }

    ApiKey create(ApiKey.Draft draft) {
        ApiKey existing = byId.get(draft.id());
        if (existing != null) {
            return existing;
        }
        if (byId.size() >= ApiKeyStore.MAX_KEYS) {
            throw new FanfareException(ErrorCode.OVERLOADED, "too many API keys are kept already");
        }
        return kept(new ApiKey(
                draft.id(),
                ++lastVersion,
                true,
                Instant.ofEpochMilli(clock.millis()),
                draft.secretHash(),
                draft.name(),
                draft.capability()));
    }

    Optional<ApiKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<ApiKey> enable(String id, boolean isEnabled) {
        return find(id).map(key -> key.isEnabled() == isEnabled
                ? key
                : kept(new ApiKey(
                        id,
                        ++lastVersion,
                        isEnabled,
                        key.createdAt(),
                        key.secretHash(),
                        key.name(),
                        key.capability())));
    }

    Removal remove(String id) {
        ApiKey key = byId.get(id);
        if (key == null) {
            return Removal.UNKNOWN;
        }
        if (key.isEnabled()) {
            return Removal.ENABLED;
        }
        byId.remove(id);
        return Removal.REMOVED;
    }

    List<ApiKey> changedSince(long after, int limit) {
        return byId.values().stream()
                .filter(key -> key.version() > after)
                .sorted(Comparator.comparingLong(ApiKey::version))
                .limit(limit)
                .toList();
    }

    private ApiKey kept(ApiKey key) {
        byId.put(key.id(), key);
        return key;
    }

    void clear() {
        byId.clear();
    }
}
