package dev.fanfare.messaging.admission;

/// One of the places for requests in flight; closing it, once, gives it back.
public interface Place extends AutoCloseable {

    @Override
    void close();
}
