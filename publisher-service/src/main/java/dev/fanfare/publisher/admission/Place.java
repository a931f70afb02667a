package dev.fanfare.publisher.admission;

/// One of the places for requests in flight; closing it gives it back.
public interface Place extends AutoCloseable {

    @Override
    void close();
}
