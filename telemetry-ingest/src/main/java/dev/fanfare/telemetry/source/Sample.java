package dev.fanfare.telemetry.source;

import dev.fanfare.contract.message.RawJson;

/// One reading of a telemetry source.
///
/// | component   | meaning                                                      |
/// |-------------|--------------------------------------------------------------|
/// | `data`      | the value, byte for byte as the source sent it               |
/// | `simulated` | whether a model made it because the real source did not answer |
public record Sample(RawJson data, boolean simulated) {}
