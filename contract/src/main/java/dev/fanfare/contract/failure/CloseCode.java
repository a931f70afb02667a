package dev.fanfare.contract.failure;

import java.util.Locale;

/// Why the gateway closes a connection.
///
/// The range tells an old client what to do with a new code: up to 4499 reconnect with back-off and
/// resume, from 4500 do not reconnect. The standard codes keep their meaning of RFC 6455, 7.4.1.
public enum CloseCode {
    /// The instance goes away: reconnect, at once if told no time.
    RESTART(1012),
    /// A frame was larger than the limit.
    MESSAGE_TOO_BIG(1009),
    /// The client did not read fast enough; what it missed can be recovered.
    SLOW_CONSUMER(4000),
    /// The client did not answer pings.
    IDLE(4001),
    /// The client sent more than its share.
    TOO_FAST(4002),
    /// The token has expired and no other one came: come back with a new one.
    TOKEN_EXPIRED(4003),
    /// The token was revoked: come back with a new one.
    TOKEN_REVOKED(4004),
    /// The client asked for nothing.
    NO_REQUEST(4500),
    /// Strangers may do nothing here, and the client sent no token in time.
    UNAUTHENTICATED(4501),
    /// Somebody in charge wants it closed: it is not to come back by itself.
    ENDED_BY_ADMIN(4502);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    /// The code on the wire, 1000 to 4999.
    public int number() {
        return number;
    }

    /// The close reason: kebab-case, at most 123 bytes.
    public String reason() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
