package dev.fanfare.benchmarks.load;

/// Who listens to what.
///
/// | component     | unit and range                                                                  |
/// |---------------|---------------------------------------------------------------------------------|
/// | `connections` | from 1; connection i subscribes to channel i mod `channels`                     |
/// | `channels`    | from 1, not more than connections                                               |
/// | `bytes`       | size of a message as it is published, from 35                                   |
public record Shape(int connections, int channels, int bytes) {

    public Shape {
        if (connections < 1 || channels < 1 || channels > connections) {
            throw new IllegalArgumentException(
                    "there must be channels, and no more than connections: " + channels + " for " + connections);
        }
        if (bytes < Payload.MIN_BYTES) {
            throw new IllegalArgumentException("a message has at least " + Payload.MIN_BYTES + " bytes, not " + bytes);
        }
    }
}
