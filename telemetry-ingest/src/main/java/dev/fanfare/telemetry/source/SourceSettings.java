package dev.fanfare.telemetry.source;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.telemetry.source.SourcesConfig.Model;
import dev.fanfare.telemetry.source.SourcesConfig.Publish;
import dev.fanfare.telemetry.source.SourcesConfig.SourceConfig;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One source's configuration, checked: see [SourceConfig] for meaning, unit and range.
public record SourceSettings(
        String name,
        URI url,
        RequestHeaders headers,
        Channel channel,
        Duration interval,
        Duration connectTimeout,
        Duration timeout,
        int maxBytes,
        SourceKind kind,
        Publish publish,
        Duration maxBackoff,
        Model model,
        Duration modelAfter) {

    /// Longest channel name of a source, in characters: the lease is named after the channel, and the
    /// name of a lease has at most 128 characters.
    static final int MAX_CHANNEL_LENGTH = 100;

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(10);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration MIN_INTERVAL = Duration.ofMillis(100);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MAX_BODY_BYTES = 1 << 20;

    /// An exporter of a large machine has some MiB, of which little is published.
    private static final int MAX_PROMETHEUS_BYTES = 16 << 20;

    public SourceSettings {
        var check = new PropertyCheck(name);
        check.that(NAME.matcher(name).matches(), "name", "has 1 to 32 characters of a to z, 0 to 9 and -");
        check.that(isHttp(url), "url", "is an http or https address with a host");
        check.that(
                channel.name().length() <= MAX_CHANNEL_LENGTH,
                "channel",
                "has at most " + MAX_CHANNEL_LENGTH + " characters");
        check.range("interval", interval, MIN_INTERVAL, DAY);
        check.range("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        check.range("connect-timeout", connectTimeout, MIN_TIMEOUT, timeout);
        int most = kind instanceof SourceKind.Prometheus ? MAX_PROMETHEUS_BYTES : MAX_BODY_BYTES;
        check.that(maxBytes >= 2 && maxBytes <= most, "max-bytes", "is 2 to " + most + " bytes");
        check.range("max-backoff", maxBackoff, interval, DAY);
        check.range("model-after", modelAfter, Duration.ZERO, DAY);
    }

    /// The enabled sources of `config`, in the order of their names.
    ///
    /// @throws IllegalArgumentException naming the property that is wrong and what it may be
    public static List<SourceSettings> of(SourcesConfig config) {
        List<SourceSettings> all = config.sources().entrySet().stream()
                .filter(source -> source.getValue().enabled())
                .sorted(Map.Entry.comparingByKey())
                .map(source -> of(source.getKey(), source.getValue()))
                .toList();
        refuseSharedChannels(all);
        return all;
    }

    private static SourceSettings of(String name, SourceConfig config) {
        var check = new PropertyCheck(name);
        return new SourceSettings(
                name,
                config.url(),
                RequestHeaders.of(config.headers(), check),
                check.converted("channel", () -> new Channel(config.channel())),
                config.interval(),
                config.connectTimeout(),
                config.timeout(),
                (int) Math.min(config.maxBytes().asLongValue(), Integer.MAX_VALUE),
                SourceKind.of(config, check),
                config.publish(),
                config.maxBackoff(),
                config.model(),
                config.modelAfter());
    }

    /// The URL for the log: without user and query, which may hold secrets.
    public String address() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getPath();
    }

    /// Fences are counted per channel: the polls of a second source would be taken for those of an
    /// earlier leader of the first.
    private static void refuseSharedChannels(List<SourceSettings> all) {
        var owners = new HashMap<Channel, String>();
        for (SourceSettings source : all) {
            String owner = owners.putIfAbsent(source.channel, source.name);
            new PropertyCheck(source.name).that(owner == null, "channel", "is also that of source " + owner);
        }
    }

    private static boolean isHttp(URI url) {
        return url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    }
}
