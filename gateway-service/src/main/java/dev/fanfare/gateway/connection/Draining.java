package dev.fanfare.gateway.connection;

import jakarta.inject.Singleton;

/// Whether this instance is on its way out. Any thread.
@Singleton
public class Draining {

    private volatile boolean isAnnounced;
    private volatile boolean hasBegun;

    /// It is not ready from now on, so that no new clients are sent here; those who come are let in.
    public void announce() {
        isAnnounced = true;
    }

    /// It takes no more connections.
    public void begin() {
        isAnnounced = true;
        hasBegun = true;
    }

    public boolean isAnnounced() {
        return isAnnounced;
    }

    public boolean hasBegun() {
        return hasBegun;
    }
}
