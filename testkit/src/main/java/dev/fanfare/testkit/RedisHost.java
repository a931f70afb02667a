package dev.fanfare.testkit;

/// Where the Redis of a [RedisServer] runs. Every method returns when the effect is there.
interface RedisHost extends AutoCloseable {

    /// Starts it, also after `stop`. It may take a moment until it answers.
    void start();

    void stop();

    /// Ends it as a power cut would.
    void kill();

    void pause();

    void resume();

    String address();

    int port();

    /// What to show when it does not answer.
    String log();

    /// Ends it for good and removes its data.
    @Override
    void close();
}
