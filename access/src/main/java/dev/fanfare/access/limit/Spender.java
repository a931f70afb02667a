package dev.fanfare.access.limit;

import org.jspecify.annotations.Nullable;

/// With whom it is counted what somebody does.
public sealed interface Spender {

    /// Somebody with a credential, wherever they come from: behind one address there may be an office, or a proxy.
    ///
    /// @param subject whom the credential is for, unique among all issuers
    /// @param key what it was signed with or made from, unique among all issuers, if that is known
    record Known(String subject, @Nullable String key) implements Spender {}

    /// Whoever has an API key: a program of ours, behind whatever address.
    ///
    /// @param key unique among all keys
    record Backend(String key) implements Spender {}

    /// Somebody who has nothing but an address.
    record Stranger(String address) implements Spender {}
}
