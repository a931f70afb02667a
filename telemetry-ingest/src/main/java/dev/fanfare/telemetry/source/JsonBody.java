package dev.fanfare.telemetry.source;

import com.fasterxml.jackson.core.JsonPointer;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import java.io.IOException;
import java.util.Optional;

/// One JSON value, of which a pointer selects the part that is published.
final class JsonBody implements BodyFormat {

    private final JsonPointer pointer;
    private final JsonSelector selector;

    JsonBody(JsonPointer pointer) {
        this.pointer = pointer;
        this.selector = new JsonSelector(pointer);
    }

    @Override
    public String accept() {
        return "application/json";
    }

    @Override
    public FetchOutcome read(byte[] body) {
        try {
            Optional<RawJson> data = selector.select(body);
            return data.isPresent()
                    ? new Fetched(new Sample(data.get(), false))
                    : new Failed(FetchFailure.ABSENT, "nothing at " + pointer);
        } catch (IOException e) {
            return new Failed(FetchFailure.NOT_JSON, Failures.firstLine(e));
        }
    }
}
