package dev.fanfare.access.key;

/// A source of keys gave nothing that can be used. The message says why and holds nothing of the content.
public final class UnusableKeysException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableKeysException(String message) {
        super(message);
    }
}
