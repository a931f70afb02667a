package dev.fanfare.telemetry.source;

/// What the body of a good answer is read as.
interface BodyFormat {

    /// The `Accept` header that asks for it.
    String accept();

    /// The sample in `body`, or why there is none. Never waits.
    FetchOutcome read(byte[] body);
}
