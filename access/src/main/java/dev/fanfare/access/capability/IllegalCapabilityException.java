package dev.fanfare.access.capability;

/// A text describes no capabilities. The message says what is wrong with it and may be shown to anyone.
public final class IllegalCapabilityException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    IllegalCapabilityException(String message) {
        super(message);
    }
}
