package dev.fanfare.publisher.http;

/// An answer's body that writes itself.
public interface JsonBody {

    /// The whole body as JSON text.
    String toJson();
}
