package dev.fanfare.access.grant;

import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.token.Token;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import org.jspecify.annotations.Nullable;

/// What somebody may do, and by which token or by the API key of which id; who has neither is a stranger.
public record Grant(
        Capabilities capabilities,
        @Nullable Token token,
        @Nullable String apiKey) {

    /// What the bearer of `token` may do.
    public static Grant of(Token token) {
        return new Grant(token.capabilities(), token, null);
    }

    /// What the holder of the API key `id` may do.
    public static Grant ofKey(String id, Capabilities capabilities) {
        return new Grant(capabilities, null, id);
    }

    /// What strangers may do.
    public static Grant ofStrangers(Capabilities capabilities) {
        return new Grant(capabilities, null, null);
    }

    /// Whether `operation` is allowed on `channel`.
    public boolean allows(Operation operation, Channel channel) {
        return capabilities.allows(operation, channel);
    }

    /// Why something is not allowed: there is no token, or it does not do.
    public ErrorCode refusal() {
        return isNothing() ? ErrorCode.TOKEN_MISSING : ErrorCode.FORBIDDEN;
    }

    /// The same for people, of one channel.
    public String refusalOf(Operation operation) {
        if (isNothing()) {
            return "nobody may do anything here without a token";
        }
        if (isStrangers()) {
            return operation.word() + " on this channel takes a token";
        }
        return "the " + (apiKey == null ? "token" : "API key") + " does not allow " + operation.word()
                + " on this channel";
    }

    /// Whether it is not known who this is.
    public boolean isStrangers() {
        return token == null && apiKey == null;
    }

    /// Whether it is not known who this is, and nothing is allowed to strangers.
    public boolean isNothing() {
        return isStrangers() && capabilities.equals(Capabilities.NONE);
    }
}
