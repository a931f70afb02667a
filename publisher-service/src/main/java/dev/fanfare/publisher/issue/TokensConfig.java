package dev.fanfare.publisher.issue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// The tokens that are issued for API keys. The same for all instances of one installation; what makes no sense stops
/// the start.
@ConfigMapping(prefix = "fanfare.publisher.tokens")
public interface TokensConfig {

    /// Folder with the private keys that tokens are signed with. Unless set no tokens are issued.
    Optional<String> signingFolder();

    /// Id of the key to sign with, its file's name without the ending. Unless set it is the last one in the
    /// order of the alphabet, so name them by date.
    Optional<String> activeKey();

    /// What `iss` of the tokens is, 1 to 255 characters: as in `fanfare.access.issuers`.
    @WithDefault("fanfare")
    String issuer();

    /// What `aud` of the tokens is, 1 to 255 characters: as in `fanfare.access.issuers`.
    @WithDefault("fanfare")
    String audience();

    /// How long a token lives whose request does not say, 1 s to `max-lifetime`.
    @WithDefault("15M")
    Duration defaultLifetime();

    /// Longest life of a token, 1 s to `fanfare.access.max-lifetime`. Public keys stay in Redis for as long after the
    /// last instance that has them is gone.
    @WithDefault("1H")
    Duration maxLifetime();

    /// Time between two looks into the folder, 100 ms to 1 min. Each costs Redis a command for each key and one more.
    @WithDefault("5S")
    Duration refreshInterval();

    /// How long a new key is public until it signs, 0 to 1 day, so that whoever checks tokens has it by then.
    /// If there is no other, it signs at once.
    @WithDefault("2M")
    Duration publishAhead();
}
