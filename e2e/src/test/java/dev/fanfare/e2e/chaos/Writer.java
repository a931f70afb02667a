package dev.fanfare.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.PublishApi.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Publishes 1, 2, 3, … to one channel over HTTP, as a careful backend would: a message that was not
/// acknowledged is sent again with the same id, to the next instance, before the next one is sent.
final class Writer implements Runnable {

    /// A message that was acknowledged, and how often it had to be sent for that.
    record Acknowledged(int number, StreamPosition position, int attempts) {}

    private static final Duration RETRY_AFTER = Duration.ofMillis(100);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(90);
    private static final int LONGEST_PAUSE_MILLIS = 80;

    private final String channel;
    private final List<PublishApi> publishers;
    private final Random random;
    private final CountDownLatch end;
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    /// @param end of the round; after it one last message is published
    Writer(String channel, List<PublishApi> publishers, Random random, CountDownLatch end) {
        this.channel = channel;
        this.publishers = publishers;
        this.random = random;
        this.end = end;
    }

    @Override
    public void run() {
        try {
            while (!end.await(random.nextInt(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
                publishNext();
            }
            publishNext();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publishNext() {
        int number = acknowledged.size() + 1;
        long giveUpAt = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        for (int attempt = 1; System.nanoTime() < giveUpAt; attempt++) {
            Optional<Answer> answer = publishers
                    .get(attempt % publishers.size())
                    .tryPublish(channel, "{\"n\":" + number + "}", "n" + number);
            if (answer.isPresent() && isAcknowledged(answer.get())) {
                JsonNode receipt = answer.get().body();
                var position = new StreamPosition(
                        receipt.get("epoch").asText(), receipt.get("offset").asLong());
                acknowledged.add(new Acknowledged(number, position, attempt));
                return;
            }
            LockSupport.parkNanos(RETRY_AFTER.toNanos());
        }
        throw new IllegalStateException("message " + number + " of " + channel + " was not accepted within "
                + GIVE_UP_AFTER.toSeconds() + " s");
    }

    private boolean isAcknowledged(Answer answer) {
        if (answer.status() / 100 != 2 && answer.status() != 503) {
            throw new IllegalStateException("publishing to " + channel + " was answered with " + answer);
        }
        return answer.status() != 503;
    }

    String channel() {
        return channel;
    }

    /// In the order of their numbers, from 1. Complete when [#run] has returned.
    List<Acknowledged> acknowledged() {
        return acknowledged;
    }
}
