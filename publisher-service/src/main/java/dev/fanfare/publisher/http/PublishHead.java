package dev.fanfare.publisher.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the address and the headers of a publish request say, unchecked.
///
/// | component           | meaning                                                              |
/// |---------------------|----------------------------------------------------------------------|
/// | `channel`           | the segment of the path, percent-decoded, or null when each message names its own |
/// | `hasPathParameters` | whether the path has a bare `;`, at which the router cuts segments   |
/// | `contentType`       | the header, or null                                                  |
/// | `contentEncoding`   | the header, or null                                                  |
/// | `idempotencyKeys`   | every `Idempotency-Key` header                                       |
/// | `query`             | the query parameters, decoded, with all their values                 |
record PublishHead(
        @Nullable String channel,
        boolean hasPathParameters,
        @Nullable String contentType,
        @Nullable String contentEncoding,
        List<String> idempotencyKeys,
        Map<String, List<String>> query) {

    /// What is wrong with an address that [HttpExchange#hasPathParameters].
    static final String BARE_SEMICOLON = "the address has a bare ; that must be written as %3B";

    /// What is wrong with an address whose segment is no channel name.
    static final String NOT_A_CHANNEL = "the channel in the address is not a channel name";

    PublishHead {
        idempotencyKeys = List.copyOf(idempotencyKeys);
        query = Map.copyOf(query);
    }
}
