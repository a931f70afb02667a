package dev.fanfare.publisher.issue;

/// The configuration is unsafe or makes no sense. The message names the key and what to do.
public final class IllegalTokensConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    IllegalTokensConfigException(String key, String problem) {
        super("fanfare.publisher.tokens." + key + ": " + problem);
    }
}
