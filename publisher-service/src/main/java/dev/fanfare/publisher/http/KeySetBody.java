package dev.fanfare.publisher.http;

/// A JSON Web Key Set, which is written already.
record KeySetBody(String toJson) implements JsonBody {}
