package dev.fanfare.publisher.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The limits of one instance.
@ConfigMapping(prefix = "fanfare.publisher.admission")
public interface AdmissionConfig {

    /// Largest data of one message, as JSON in UTF-8: 1 byte to 16M. The request body may be 4 KiB longer,
    /// for the other fields. A larger value costs memory in Redis, in every gateway and in every client.
    @WithDefault("64K")
    MemorySize maxMessageBytes();

    /// Most requests that are read and published at the same time: from 1. What comes on top is answered
    /// with 503 before its body is read. Each one holds at most one request body, so with the defaults they
    /// hold at most 512 × 68 KiB = 34 MiB. A larger value costs memory while Redis is slow.
    @WithDefault("512")
    int maxInFlight();
}
