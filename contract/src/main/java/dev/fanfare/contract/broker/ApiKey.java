package dev.fanfare.contract.broker;

import java.time.Instant;
import java.util.regex.Pattern;

/// A key by which a service of ours asks for tokens and uses the HTTP API, as it is kept: without its secret.
///
/// | component    | meaning, range                                                                             |
/// |--------------|--------------------------------------------------------------------------------------------|
/// | `id`         | see [#isId]                                                                                |
/// | `version`    | greater with each change, and than those of all keys that changed before                   |
/// | `isEnabled`  | whether it is taken                                                                        |
/// | `createdAt`  | by the clock of the broker, in milliseconds                                                |
/// | `secretHash` | SHA-256 of the secret, 64 lower-case hexadecimal digits                                    |
/// | `name`       | for people, see [#isName]                                                                  |
/// | `capability` | JSON of what it may do, up to 4096 bytes without line breaks and tabs; not looked at here   |
public record ApiKey(
        String id,
        long version,
        boolean isEnabled,
        Instant createdAt,
        String secretHash,
        String name,
        String capability) {

    private static final int MAX_NAME_LENGTH = 128;
    private static final int MAX_CAPABILITY_LENGTH = 4096;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{2,31}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /// A key that is to be made.
    public record Draft(String id, String secretHash, String name, String capability) {

        /// @throws IllegalArgumentException if a component is out of its range
        public Draft {
            if (!isId(id) || !HASH.matcher(secretHash).matches() || !isName(name)) {
                throw new IllegalArgumentException("not an API key: " + id + " \"" + name + "\"");
            }
            if (capability.length() > MAX_CAPABILITY_LENGTH || hasControls(capability)) {
                throw new IllegalArgumentException("the capability of " + id + " is too long, or has controls");
            }
        }
    }

    /// Whether `text` can name a key: 3 to 32 of `a-z`, `0-9` and `_`, a letter first.
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /// Whether `text` can be the name of a key for people: 1 to 128 characters, none of them a control.
    public static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= MAX_NAME_LENGTH && !hasControls(text);
    }

    private static boolean hasControls(String text) {
        return text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
