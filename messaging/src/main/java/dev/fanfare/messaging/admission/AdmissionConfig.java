package dev.fanfare.messaging.admission;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The limits of one instance.
@ConfigMapping(prefix = "fanfare.admission")
public interface AdmissionConfig {

    /// Largest data of one message with its extras, as JSON in UTF-8: 1 byte to 16M. The request body may be 4 KiB
    /// longer, for the other fields. A larger value costs memory in Redis, in every gateway and in every client.
    @WithDefault("64K")
    MemorySize maxMessageBytes();

    /// Most messages of one request, be it an array for one channel or a batch for many: 1 to 1000. A larger
    /// value lets one request keep Redis busy for longer while the others wait.
    @WithDefault("100")
    int maxBatchMessages();

    /// Longest body of a request with several messages: 1K to 16M. A body of one message may be as long as
    /// `max-message-bytes` and 4 KiB, if that is more. A larger value costs memory while requests are in hand.
    @WithDefault("256K")
    MemorySize maxBatchBytes();

    /// Most publish requests that are read and published at the same time: from 1. What comes on top is refused
    /// as `overloaded` before it is read. A larger value costs memory while Redis is slow.
    @WithDefault("512")
    int maxInFlight();

    /// Most publish requests of one caller, which is one remote address, at the same time: from 1. What comes on
    /// top is refused as `too-many-requests`. A larger value lets one caller take more of the places of all; with
    /// `max-in-flight` it may take them all.
    @WithDefault("64")
    int maxInFlightPerCaller();

    /// Most bytes of publish requests that are held at the same time: from the longest body. What
    /// comes on top is refused as `overloaded`. Each request is held until Redis has answered, as its body and
    /// in at most two copies more on its way, so a larger value costs up to three times as much memory while
    /// Redis is slow.
    @WithDefault("64M")
    MemorySize maxBytesInHand();

    /// Most reads that are answered at the same time: from 1. What comes on top is refused as `overloaded`. Each
    /// one holds at most one page, `fanfare.read.max-page-bytes`, in a few copies. They are counted apart, so
    /// that reading never takes the place of publishing.
    @WithDefault("64")
    int maxReadsInFlight();
}
