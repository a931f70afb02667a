package dev.fanfare.access.wiring;

/// The configuration is unsafe or makes no sense. The message names the key and what to do.
public final class IllegalAccessConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    IllegalAccessConfigException(String key, String problem) {
        super("fanfare.access." + key + ": " + problem);
    }
}
