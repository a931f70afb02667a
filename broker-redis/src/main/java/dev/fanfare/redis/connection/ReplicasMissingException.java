package dev.fanfare.redis.connection;

/// Redis has done what was asked, but not as many replicas as wanted have confirmed it in time.
final class ReplicasMissingException extends Exception {

    private static final long serialVersionUID = 1L;

    ReplicasMissingException(int confirmed, int wanted) {
        super("stored, but only " + confirmed + " of " + wanted + " replicas confirmed it in time");
    }
}
