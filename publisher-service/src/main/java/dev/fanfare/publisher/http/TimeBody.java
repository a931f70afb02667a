package dev.fanfare.publisher.http;

/// The time by the clock that gives messages their `timestamp`, in milliseconds since 1970.
record TimeBody(long millis) implements JsonBody {

    @Override
    public String toJson() {
        return "{\"timestamp\":" + millis + "}";
    }
}
