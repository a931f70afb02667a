package dev.fanfare.telemetry.source;

import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import java.nio.charset.StandardCharsets;

/// Any text in UTF-8, published as a JSON string. Bytes that are not UTF-8 become U+FFFD.
final class TextBody implements BodyFormat {

    @Override
    public String accept() {
        return "text/plain";
    }

    @Override
    public FetchOutcome read(byte[] body) {
        return new Fetched(new Sample(RawJson.ofString(new String(body, StandardCharsets.UTF_8)), false));
    }
}
