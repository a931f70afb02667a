package dev.fanfare.publisher.http;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

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

    /// How long it takes until those may be stored that were too much for now, 0 s when that is not known.
    Duration longestWait() {
        return results.stream()
                .map(result -> result instanceof Problem problem ? problem.pause() : null)
                .filter(Objects::nonNull)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
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
