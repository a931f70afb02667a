package dev.fanfare.telemetry.source;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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

        /// `http` or `https` address that answers a GET with JSON. Redirects are followed, never from
        /// HTTPS to HTTP.
        URI url();

        /// Headers of every request, by name, at most 32; values are visible ASCII of at most 8192
        /// characters and never logged. They are not sent to another host to which a redirect leads. A
        /// secret comes from the environment: `headers.Authorization=Bearer ${STATION_TOKEN}`.
        Map<String, String> headers();

        /// Channel to publish to. No two sources share one.
        String channel();

        /// Time from one poll to the next, 100 ms to 1 day. Shorter costs the source more requests.
        @WithDefault("1s")
        Duration interval();

        /// Longest wait for a connection, 10 ms to `timeout`.
        @WithDefault("2s")
        Duration connectTimeout();

        /// Longest time from the start of a poll to the last byte of the answer, 10 ms to 5 min. Polls
        /// that fall due meanwhile are skipped.
        @WithDefault("3s")
        Duration timeout();

        /// Largest body, 2 bytes to 1 MiB. Reading stops at the first byte beyond it.
        @WithDefault("64K")
        MemorySize maxBytes();

        /// JSON pointer (RFC 6901) to the part of the body that is published; without one, all of it.
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

        /// What stands in while the source fails; `none` turns the stand-in off.
        @WithDefault("none")
        Model model();

        /// Age of the last real sample from which the model stands in, 0 to 1 day. A source that has not
        /// answered at all is replaced after its first failure.
        @WithDefault("5s")
        Duration modelAfter();
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
