package dev.fanfare.contract.frame;

/// A client's own mark on a request, echoed in the answer exactly as it came.
///
/// | component | range                                                                     |
/// |-----------|---------------------------------------------------------------------------|
/// | `json`    | a JSON string or integer, at most 64 characters with quotes and escapes   |
public record RequestId(String json) {

    /// Longest id, in characters of its JSON form.
    public static final int MAX_LENGTH = 64;

    public RequestId {
        if (json.isEmpty() || json.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a request id has 1 to " + MAX_LENGTH + " characters");
        }
    }
}
