package dev.fanfare.gateway.connection;

import jakarta.inject.Singleton;

/// Whether this instance is on its way out and takes no more connections. Any thread.
@Singleton
public class Draining {

    private volatile boolean hasBegun;

    public void begin() {
        hasBegun = true;
    }

    public boolean hasBegun() {
        return hasBegun;
    }
}
