package dev.fanfare.publisher.http;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// The answer to a batch: a receipt or a problem for each message, in the order of the request.
record BatchResults(List<JsonBody> results) implements JsonBody {

    private static final int CREATED = 201;

    BatchResults {
        results = List.copyOf(results);
    }

    /// Whether every message is stored.
    boolean isAllStored() {
        return results.stream().allMatch(PublishReceipt.class::isInstance);
    }

    /// Whether some may be stored if they are sent again later.
    boolean isWorthARetry() {
        return results.stream().anyMatch(result -> result instanceof Problem problem && problem.isOfTheMoment());
    }

    @Override
    public String toJson() {
        return results.stream().map(BatchResults::element).collect(joining(",", "[", "]"));
    }

    private static String element(JsonBody result) {
        return result instanceof Problem problem
                ? "{\"status\":" + problem.code().httpStatus() + ",\"problem\":" + problem.toJson() + "}"
                : "{\"status\":" + CREATED + ",\"receipt\":" + result.toJson() + "}";
    }
}
