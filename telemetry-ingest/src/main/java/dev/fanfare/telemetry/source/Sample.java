package dev.fanfare.telemetry.source;

import dev.fanfare.contract.message.RawJson;
import org.jspecify.annotations.Nullable;

/// One reading of a telemetry source.
///
/// | component   | meaning                                                                     |
/// |-------------|-----------------------------------------------------------------------------|
/// | `data`      | the value, byte for byte as the source sent it                              |
/// | `simulated` | whether a model made it because the real source did not answer              |
/// | `entityTag` | `ETag` of the answer in which it came, with its quotes, or null without one |
public record Sample(
        RawJson data, boolean simulated, @Nullable String entityTag) {

    public Sample(RawJson data, boolean simulated) {
        this(data, simulated, null);
    }

    Sample withEntityTag(@Nullable String tag) {
        return new Sample(data, simulated, tag);
    }
}
