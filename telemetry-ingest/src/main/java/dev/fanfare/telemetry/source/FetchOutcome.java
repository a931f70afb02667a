package dev.fanfare.telemetry.source;

/// What became of one attempt to read a source.
public sealed interface FetchOutcome {

    /// The source answered with a usable value.
    record Fetched(Sample sample) implements FetchOutcome {}

    /// It answered that it has nothing newer than what is published already.
    record Unchanged() implements FetchOutcome {}

    /// It did not. `detail` is for the log: what was seen, without the body.
    record Failed(FetchFailure failure, String detail) implements FetchOutcome {}
}
