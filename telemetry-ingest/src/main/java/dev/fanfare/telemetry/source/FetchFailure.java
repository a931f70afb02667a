package dev.fanfare.telemetry.source;

import java.util.Locale;

/// Why a source gave no sample: the bounded set of metric tags and log codes.
public enum FetchFailure {
    /// No connection, or no complete answer, within the time allowed.
    TIMEOUT,
    /// No connection: the name is unknown, the port is closed, or TLS was refused.
    UNREACHABLE,
    /// The connection broke, or what came was not HTTP.
    BROKEN,
    /// The answer's status is not 2xx.
    STATUS,
    /// The answer leads in circles, or from HTTPS to HTTP.
    REDIRECT,
    /// The body, an event, or the number of selected series is larger than the limit.
    TOO_LARGE,
    /// The body is not one JSON value in UTF-8.
    NOT_JSON,
    /// The body is not the text format of Prometheus.
    NOT_METRICS,
    /// The answer is of another content type than was asked for.
    CONTENT_TYPE,
    /// The server ended a stream of events. It will be asked to go on.
    ENDED,
    /// The body has nothing where the JSON pointer points to, or no series that is selected.
    ABSENT,
    /// A fault of ours: a bug that must not end the loop.
    INTERNAL;

    /// Kebab-case name, for metric tags and logs.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
