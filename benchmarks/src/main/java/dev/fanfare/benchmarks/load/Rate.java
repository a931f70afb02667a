package dev.fanfare.benchmarks.load;

/// What decides when the next message is sent.
public sealed interface Rate {

    /// So many messages are on their way at a time: the next one waits until one has reached all its
    /// subscribers. Shows how fast a server is; says nothing about latency, because it waits with it.
    record Window(int messages) implements Rate {}

    /// So many messages a second, whatever the server does.
    record Fixed(double perSecond) implements Rate {}
}
