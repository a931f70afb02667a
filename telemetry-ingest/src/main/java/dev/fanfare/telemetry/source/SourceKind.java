package dev.fanfare.telemetry.source;

import com.fasterxml.jackson.core.JsonPointer;
import dev.fanfare.telemetry.source.SourcesConfig.PrometheusConfig;
import dev.fanfare.telemetry.source.SourcesConfig.SourceConfig;
import dev.fanfare.telemetry.source.SourcesConfig.StreamConfig;
import dev.fanfare.telemetry.source.SourcesConfig.StreamConfig.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What an address speaks, and what of it is published.
public sealed interface SourceKind {

    /// It is asked at every tick and answers with its present value.
    sealed interface Polled extends SourceKind {

        BodyFormat format();
    }

    /// One JSON value. `pointer` is the empty pointer when all of it is published.
    record Json(JsonPointer pointer) implements Polled {
        @Override
        public BodyFormat format() {
            return new JsonBody(pointer);
        }
    }

    /// The text format of Prometheus. At most `maxSeries` series may be selected.
    record Prometheus(List<SeriesSelector> select, int maxSeries) implements Polled {

        public Prometheus {
            select = List.copyOf(select);
        }

        boolean selects(Series series) {
            return select.stream().anyMatch(selector -> selector.matches(series.name(), series.labels()));
        }

        @Override
        public BodyFormat format() {
            return new PrometheusBody(this);
        }
    }

    /// Server-sent events, each of which is published.
    ///
    /// | component     | meaning                                                             |
    /// |---------------|---------------------------------------------------------------------|
    /// | `format`      | what the data of an event is read as                                |
    /// | `types`       | the types that are wanted; empty means all                          |
    /// | `idleTimeout` | longest time without a byte before the connection counts as dead    |
    record EventStream(BodyFormat format, Set<String> types, Duration idleTimeout) implements SourceKind {

        public EventStream {
            types = Set.copyOf(types);
        }

        boolean wants(String type) {
            return types.isEmpty() || types.contains(type);
        }
    }

    /// The kind that `config` describes.
    ///
    /// @throws IllegalArgumentException naming the property that is wrong and what to do about it
    static SourceKind of(SourceConfig config, PropertyCheck check) {
        return switch (config.kind()) {
            case JSON -> {
                refusePrometheus(config.prometheus(), check);
                refuseStream(config.stream(), check);
                yield new Json(pointerOf(config, check));
            }
            case PROMETHEUS -> {
                refuseStream(config.stream(), check);
                refuse(config.pointer().isPresent(), "pointer", "json or event-stream", check);
                yield prometheusOf(config.prometheus(), check);
            }
            case EVENT_STREAM -> {
                refusePrometheus(config.prometheus(), check);
                check.that(
                        config.model() == SourcesConfig.Model.NONE,
                        "model",
                        "stands in for a source that is polled; set it to none with kind=event-stream");
                yield eventStreamOf(config, check);
            }
        };
    }

    private static JsonPointer pointerOf(SourceConfig config, PropertyCheck check) {
        return check.converted(
                "pointer", () -> JsonPointer.compile(config.pointer().orElse("")));
    }

    private static Prometheus prometheusOf(PrometheusConfig config, PropertyCheck check) {
        List<String> texts = config.select().orElse(List.of());
        check.that(
                !texts.isEmpty() && texts.size() <= PrometheusConfig.MAX_SELECTORS,
                "prometheus.select",
                "has 1 to " + PrometheusConfig.MAX_SELECTORS
                        + " entries; write the first as prometheus.select[0]=up{job=\"a\"}");
        check.that(
                config.maxSeries() >= 1 && config.maxSeries() <= PrometheusConfig.MAX_SERIES,
                "prometheus.max-series",
                "is 1 to " + PrometheusConfig.MAX_SERIES + " but is " + config.maxSeries());
        var selectors = new ArrayList<SeriesSelector>();
        for (String text : texts) {
            String property = "prometheus.select[" + selectors.size() + "]";
            selectors.add(check.converted(property, () -> SeriesSelector.parse(text)));
        }
        return new Prometheus(selectors, config.maxSeries());
    }

    private static EventStream eventStreamOf(SourceConfig config, PropertyCheck check) {
        StreamConfig stream = config.stream();
        check.range(
                "stream.idle-timeout",
                stream.idleTimeout(),
                StreamConfig.MIN_IDLE_TIMEOUT,
                StreamConfig.MAX_IDLE_TIMEOUT);
        BodyFormat format = switch (stream.content()) {
            case JSON -> new JsonBody(pointerOf(config, check));
            case TEXT -> {
                check.that(
                        config.pointer().isEmpty(),
                        "pointer",
                        "points into JSON; remove it, or set stream.content to json");
                yield new TextBody();
            }
        };
        return new EventStream(format, stream.types().orElse(Set.of()), stream.idleTimeout());
    }

    private static void refusePrometheus(PrometheusConfig config, PropertyCheck check) {
        refuse(config.select().isPresent(), "prometheus.select[0]", "prometheus", check);
    }

    private static void refuseStream(StreamConfig config, PropertyCheck check) {
        refuse(config.types().isPresent(), "stream.types", "event-stream", check);
        refuse(config.content() != Content.JSON, "stream.content", "event-stream", check);
    }

    private static void refuse(boolean isSet, String property, String kinds, PropertyCheck check) {
        check.that(!isSet, property, "belongs to kind " + kinds + "; set kind, or remove it");
    }
}
