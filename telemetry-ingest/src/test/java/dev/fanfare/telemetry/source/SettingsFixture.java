package dev.fanfare.telemetry.source;

import com.fasterxml.jackson.core.JsonPointer;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.telemetry.source.SourcesConfig.Model;
import dev.fanfare.telemetry.source.SourcesConfig.Publish;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// Settings of a source for tests, each changed by one method.
public final class SettingsFixture {

    private String name = "iss";
    private URI url = URI.create("http://127.0.0.1:9/now.json");
    private RequestHeaders headers = new RequestHeaders(Map.of());
    private Channel channel = new Channel("iss.telemetry");
    private Duration interval = Duration.ofSeconds(1);
    private Duration timeout = Duration.ofSeconds(3);
    private int maxBytes = 1024;
    private SourceKind kind = new SourceKind.Json(JsonPointer.empty());
    private Publish publish = Publish.ALWAYS;
    private Duration maxBackoff = Duration.ofSeconds(15);

    public SettingsFixture name(String value) {
        name = value;
        return this;
    }

    public SettingsFixture url(URI value) {
        url = value;
        return this;
    }

    public SettingsFixture header(String header, String value) {
        headers = new RequestHeaders(Map.of(header, value));
        return this;
    }

    public SettingsFixture channel(String value) {
        channel = new Channel(value);
        return this;
    }

    public SettingsFixture interval(Duration value) {
        interval = value;
        return this;
    }

    public SettingsFixture timeout(Duration value) {
        timeout = value;
        return this;
    }

    public SettingsFixture maxBytes(int value) {
        maxBytes = value;
        return this;
    }

    public SettingsFixture pointer(String value) {
        kind = new SourceKind.Json(JsonPointer.compile(value));
        return this;
    }

    public SettingsFixture kind(SourceKind value) {
        kind = value;
        return this;
    }

    public SettingsFixture publish(Publish value) {
        publish = value;
        return this;
    }

    public SettingsFixture maxBackoff(Duration value) {
        maxBackoff = value;
        return this;
    }

    public SourceSettings build() {
        return new SourceSettings(
                name,
                url,
                headers,
                channel,
                interval,
                timeout,
                timeout,
                maxBytes,
                kind,
                publish,
                maxBackoff,
                Model.NONE,
                Duration.ofSeconds(5));
    }
}
