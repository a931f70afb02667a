package dev.fanfare.telemetry.source;

import dev.fanfare.contract.message.JsonWriting;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import dev.fanfare.telemetry.source.SourceKind.Prometheus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The text format of Prometheus, version 0.0.4, of which the selected series become one JSON object:
///
/// ```json
/// {"series":[{"name":"http_requests_total","labels":{"code":"200"},"value":1027}]}
/// ```
///
/// As Prometheus itself does it, one line that cannot be read spoils the whole answer: half a scrape
/// would look like series that have ended.
final class PrometheusBody implements BodyFormat {

    private final Prometheus kind;

    PrometheusBody(Prometheus kind) {
        this.kind = kind;
    }

    @Override
    public String accept() {
        return "text/plain;version=0.0.4";
    }

    @Override
    public FetchOutcome read(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return read(text);
        } catch (CharacterCodingException _) {
            return new Failed(FetchFailure.NOT_METRICS, "the text is not valid UTF-8");
        }
    }

    private FetchOutcome read(String text) {
        var json = new StringBuilder("{\"series\":[");
        int number = 0;
        int selected = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            Series series;
            try {
                series = Series.parse(line);
            } catch (IllegalArgumentException e) {
                return new Failed(FetchFailure.NOT_METRICS, e.getMessage() + ", line " + number);
            }
            if (kind.selects(series)) {
                if (selected == kind.maxSeries()) {
                    return new Failed(FetchFailure.TOO_LARGE, "more than " + kind.maxSeries() + " series are selected");
                }
                append(json, series, selected++ > 0);
            }
        }
        return selected == 0
                ? new Failed(FetchFailure.ABSENT, "no series is selected")
                : fetched(json.append("]}").toString());
    }

    private static FetchOutcome fetched(String json) {
        try {
            return new Fetched(new Sample(RawJson.parse(json.getBytes(StandardCharsets.UTF_8)), false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(StringBuilder json, Series series, boolean isFurther) {
        json.append(isFurther ? ",{\"name\":" : "{\"name\":");
        JsonWriting.appendString(json, series.name());
        json.append(",\"labels\":{");
        String separator = "";
        for (Map.Entry<String, String> label : series.labels().entrySet()) {
            json.append(separator);
            JsonWriting.appendString(json, label.getKey());
            json.append(':');
            JsonWriting.appendString(json, label.getValue());
            separator = ",";
        }
        json.append("},\"value\":").append(series.value());
        if (series.timestamp() != null) {
            json.append(",\"timestamp\":").append(series.timestamp());
        }
        json.append('}');
    }
}
