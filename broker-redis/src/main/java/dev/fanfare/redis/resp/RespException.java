package dev.fanfare.redis.resp;

/// What came is not RESP 3, or is larger than anything that Redis sends here: the connection is of no
/// more use.
public final class RespException extends Exception {

    private static final long serialVersionUID = 1L;

    RespException(String message) {
        super(message);
    }
}
