package dev.fanfare.publisher.http;

import static java.util.stream.Collectors.joining;

import dev.fanfare.messaging.publish.Published;
import java.util.List;

/// The answer to an array: where each message is, in the order of the request.
record PublishReceipts(List<Published> published) implements JsonBody {

    PublishReceipts {
        published = List.copyOf(published);
    }

    @Override
    public String toJson() {
        return published.stream().map(each -> new PublishReceipt(each).toJson()).collect(joining(",", "[", "]"));
    }
}
