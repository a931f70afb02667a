package dev.fanfare.telemetry.source;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The telemetry sources of this installation, by name.
///
/// Ranges are checked by [SourceSettings] at the start; a value out of range stops the service.
@ConfigMapping(prefix = "fanfare.telemetry.sources")
public interface SourcesConfig {

    /// One entry per source. The name has 1 to 32 characters of `a` to `z`, `0` to `9` and `-`; it is the
    /// value of the `source` tag of every metric and the start of every message id.
    @WithParentName
    Map<String, SourceConfig> sources();

    /// What is polled, how often, and where it goes.
    interface SourceConfig {

        /// Whether the source is polled at all.
        @WithDefault("true")
        boolean enabled();

        /// What the address speaks.
        @WithDefault("json")
        Kind kind();

        /// `http` or `https` address that answers a GET. Redirects are followed, at most 5, never from
        /// HTTPS to HTTP.
        URI url();

        /// Headers of every request, by name, at most 32; values are visible ASCII of at most 8192
        /// characters and never logged. They are not sent to another host to which a redirect leads. A
        /// secret comes from the environment: `headers.Authorization=Bearer ${STATION_TOKEN}`.
        Map<String, String> headers();

        /// Channel to publish to. No two sources share one.
        String channel();

        /// Time from one poll to the next, 100 ms to 1 day. Shorter costs the source more requests. Of
        /// `event-stream`: the pause after a first failure.
        @WithDefault("1s")
        Duration interval();

        /// Longest wait for a connection, 10 ms to `timeout`.
        @WithDefault("2s")
        Duration connectTimeout();

        /// Longest time from the start of a poll to the last byte of the answer, 10 ms to 5 min. Polls
        /// that fall due meanwhile are skipped. Of `event-stream`: to the first byte of the answer.
        @WithDefault("3s")
        Duration timeout();

        /// Largest body, 2 bytes to 1 MiB, with `prometheus` to 16 MiB. Reading stops at the first byte
        /// beyond it. Of `event-stream`: largest data of one event; a larger one is skipped.
        @WithDefault("64K")
        MemorySize maxBytes();

        /// JSON pointer (RFC 6901) to the part of the body, or of each event, that is published; without
        /// one, all of it.
        Optional<String> pointer();

        /// Which samples are published. Whatever it says, nothing is published when the source answers 304
        /// (Not Modified) to the `ETag` of what was published last.
        @WithDefault("always")
        Publish publish();

        /// Longest pause between two attempts while the source fails, from `interval` up to 1 day. The
        /// pause doubles from `interval` and is jittered. Longer is kinder to a source in trouble, and
        /// later to notice that it is back.
        @WithDefault("15s")
        Duration maxBackoff();

        /// Of kind `prometheus` alone.
        PrometheusConfig prometheus();

        /// Of kind `event-stream` alone.
        StreamConfig stream();

        /// What stands in while the source fails; `none` turns the stand-in off.
        @WithDefault("none")
        Model model();

        /// Age of the last real sample from which the model stands in, 0 to 1 day. A source that has not
        /// answered at all is replaced after its first failure.
        @WithDefault("5s")
        Duration modelAfter();
    }

    /// Which series of a Prometheus endpoint are published.
    interface PrometheusConfig {

        /// Most entries of `select`.
        int MAX_SELECTORS = 100;

        /// Upper end of `max-series`.
        int MAX_SERIES = 1000;

        /// What is published: the series that at least one of these selects, 1 to 100, each written as in
        /// PromQL and under an index of its own: `select[0]=up{job="a",instance=~"b.*"}`.
        Optional<List<String>> select();

        /// Most series of one sample, 1 to 1000. Of an answer in which more are selected nothing is
        /// published, because some of them would be missing.
        @WithDefault("100")
        int maxSeries();
    }

    /// What is expected of a stream of server-sent events.
    interface StreamConfig {

        /// Lower end of `idle-timeout`.
        Duration MIN_IDLE_TIMEOUT = Duration.ofSeconds(1);

        /// Upper end of `idle-timeout`.
        Duration MAX_IDLE_TIMEOUT = Duration.ofDays(1);

        /// Longest time without a byte, 1 s to 1 day; then the connection counts as dead. Longer than the
        /// time between two comments of the server, or else healthy connections are given up.
        @WithDefault("60s")
        Duration idleTimeout();

        /// Types of the events that are published, as their `event` field says; without one, all. An event
        /// without that field is of type `message`.
        Optional<Set<String>> types();

        /// What the data of the events is.
        @WithDefault("json")
        Content content();

        /// What the data of an event is.
        enum Content {
            /// One JSON value.
            JSON,
            /// Any text, published as a JSON string.
            TEXT
        }
    }

    /// What an address speaks.
    enum Kind {
        /// It answers with one JSON value.
        JSON,
        /// It answers with the text format of Prometheus.
        PROMETHEUS,
        /// It sends events (server-sent events, `text/event-stream`).
        EVENT_STREAM
    }

    /// Which samples are published.
    enum Publish {
        /// Each.
        ALWAYS,
        /// Each whose published part is not byte for byte what this leader published last.
        ON_CHANGE
    }

    /// The models that can stand in for a source.
    enum Model {
        /// Nothing does.
        NONE,
        /// [IssOrbit].
        ISS_ORBIT
    }
}
