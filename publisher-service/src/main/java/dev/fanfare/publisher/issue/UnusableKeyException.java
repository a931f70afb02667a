package dev.fanfare.publisher.issue;

/// A file with a private key, or their folder, cannot be used. The message says why and holds nothing of the content.
final class UnusableKeyException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableKeyException(String message) {
        super(message);
    }
}
