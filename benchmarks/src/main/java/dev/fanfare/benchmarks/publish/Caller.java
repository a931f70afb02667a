package dev.fanfare.benchmarks.publish;

/// How our publisher is called.
enum Caller {
    /// One thread publishes without waiting, as far as the window allows: pipelining.
    PIPELINING("one caller that does not wait"),
    /// As many virtual threads as publishes may be on their way; each waits for its acknowledgement, as
    /// the requests of `publisher-service` do.
    WAITING("callers that wait");

    private final String title;

    Caller(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
