package dev.fanfare.benchmarks.capacity;

/// What is asked of an installation. Connections are spread evenly over the channels, one channel each.
///
/// | component           | unit and range                                             |
/// |---------------------|------------------------------------------------------------|
/// | `connections`       | open at a time, from 1                                     |
/// | `channels`          | from 1, not more than connections                          |
/// | `messagesPerSecond` | published to all channels together, from 0                 |
/// | `bytes`             | of a message's data, from 1                                |
/// | `history`           | messages that each channel keeps, from 0                   |
record Demand(int connections, int channels, int messagesPerSecond, int bytes, int history) {

    Demand {
        if (channels > connections) {
            throw new IllegalArgumentException("--channels " + channels + " is more than --conns " + connections
                    + ": a channel that nobody listens to costs gateways nothing, so leave it out");
        }
    }

    /// Messages times those who get them, a second.
    double deliveriesPerSecond() {
        return (double) messagesPerSecond * connections / channels;
    }
}
