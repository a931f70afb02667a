package dev.fanfare.access.grant;

import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.token.Token;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import org.jspecify.annotations.Nullable;

/// What somebody may do, and by which token; without one it is a stranger.
public record Grant(Capabilities capabilities, @Nullable Token token) {

    /// What the bearer of `token` may do.
    public static Grant of(Token token) {
        return new Grant(token.capabilities(), token);
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
        return token == null
                ? operation.word() + " on this channel takes a token"
                : "the token does not allow " + operation.word() + " on this channel";
    }

    /// Whether it is not known who this is, and nothing is allowed to strangers.
    public boolean isNothing() {
        return token == null && capabilities.equals(Capabilities.NONE);
    }
}
