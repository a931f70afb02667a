package dev.fanfare.benchmarks.publish;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Our publisher with a window: so many publishes are on their way at a time, over one connection.
///
/// Everything that one publish costs is measured, from the making of the [Message] on, but for the
/// check of the JSON, which is not the publisher's.
final class OurPublisher implements Side {

    /// As long as the id that [BareScript] sends.
    private static final int ID_LENGTH = BareScript.RANDOM_ID.length();

    private static final Clock CLOCK = Clock.systemUTC();

    private final MessagePublisher publisher;
    private final Caller caller;
    private final List<Channel> channels;
    private final RawJson data;
    private final int inFlight;

    OurPublisher(MessagePublisher publisher, Caller caller, List<Channel> channels, RawJson data, int inFlight) {
        this.publisher = publisher;
        this.caller = caller;
        this.channels = List.copyOf(channels);
        this.data = data;
        this.inFlight = inFlight;
    }

    @Override
    public String name() {
        String spread = channels.size() == 1 ? "1 channel" : channels.size() + " channels";
        return "our publisher, " + caller.title() + ", " + spread;
    }

    @Override
    public List<Channel> channels() {
        return channels;
    }

    @Override
    public Effort publish(int messages) {
        Duration cpuBefore = ownCpu();
        long start = System.nanoTime();
        switch (caller) {
            case PIPELINING -> publishWithoutWaiting(messages);
            case WAITING -> publishAndWait(messages);
        }
        var elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Effort(elapsed, ownCpu().minus(cpuBefore));
    }

    private void publishWithoutWaiting(int messages) {
        var window = new Semaphore(inFlight);
        var failure = new AtomicReference<@Nullable Throwable>();
        for (int number = 0; number < messages; number++) {
            window.acquireUninterruptibly();
            var _ = publisher.publish(message(number)).whenComplete((_, failed) -> {
                failure.compareAndSet(null, failed);
                window.release();
            });
        }
        window.acquireUninterruptibly(inFlight);
        Throwable first = failure.get();
        if (first != null) {
            throw new CompletionException(first);
        }
    }

    private void publishAndWait(int messages) {
        var next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> callers = IntStream.range(0, inFlight)
                    .mapToObj(_ -> CompletableFuture.runAsync(() -> publishAndWait(next, messages), threads))
                    .toList();
            callers.forEach(CompletableFuture::join);
        }
    }

    private void publishAndWait(AtomicInteger next, int messages) {
        for (int number = next.getAndIncrement(); number < messages; number = next.getAndIncrement()) {
            publisher.publish(message(number)).join();
        }
    }

    private Message message(int number) {
        String digits = Integer.toString(number);
        String id = "0".repeat(ID_LENGTH - digits.length()) + digits;
        return new Message(channels.get(number % channels.size()), id, data, null, null, CLOCK.instant());
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
