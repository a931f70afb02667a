package dev.fanfare.telemetry.source;

import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/// An address that sends events.
public final class EventSource implements AutoCloseable {

    private final SourceSettings settings;
    private final SourceKind.EventStream kind;
    private final HttpClient client;

    public EventSource(SourceSettings settings, SourceKind.EventStream kind) {
        this.settings = settings;
        this.kind = kind;
        this.client = HttpSource.clientOf(settings);
    }

    /// Its events after the one with id `lastEventId`, or from now on when that is null. Connects later.
    public EventStream open(@Nullable String lastEventId) {
        return new EventStream(client, settings, kind, lastEventId);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
