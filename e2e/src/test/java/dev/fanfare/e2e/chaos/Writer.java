package dev.fanfare.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.e2e.installation.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Publishes 1, 2, 3, … to one channel over HTTP, as a careful backend would: a message that was not
/// acknowledged is sent again with the same id, to the next instance, before the next one is sent.
final class Writer implements Runnable {

    /// A message that was acknowledged, and how often it had to be sent for that.
    record Acknowledged(int number, StreamPosition position, int attempts) {}

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(4);
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(90);
    private static final int LONGEST_PAUSE_MILLIS = 80;

    private final String channel;
    private final List<ServiceProcess> publishers;
    private final HttpClient http;
    private final Random random;
    private final CountDownLatch end;
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    /// @param end of the round; after it one last message is published
    Writer(String channel, List<ServiceProcess> publishers, HttpClient http, Random random, CountDownLatch end) {
        this.channel = channel;
        this.publishers = publishers;
        this.http = http;
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

    private void publishNext() throws InterruptedException {
        int number = acknowledged.size() + 1;
        long giveUpAt = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        for (int attempt = 1; System.nanoTime() < giveUpAt; attempt++) {
            HttpRequest request = request(publishers.get(attempt % publishers.size()), number);
            try {
                var response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() / 100 == 2) {
                    JsonNode receipt = Frames.parse(response.body());
                    var position = new StreamPosition(
                            receipt.get("epoch").asText(), receipt.get("offset").asLong());
                    acknowledged.add(new Acknowledged(number, position, attempt));
                    return;
                }
                if (response.statusCode() != 503) {
                    throw new IllegalStateException("publishing to " + channel + " was answered with "
                            + response.statusCode() + " " + response.body());
                }
            } catch (IOException notAnswered) {
                // The instance is down, or was killed meanwhile. The id makes it safe to send again.
            }
            LockSupport.parkNanos(RETRY_AFTER.toNanos());
        }
        throw new IllegalStateException("message " + number + " of " + channel + " was not accepted within "
                + GIVE_UP_AFTER.toSeconds() + " s");
    }

    private HttpRequest request(ServiceProcess publisher, int number) {
        String body = "{\"data\":{\"n\":%d},\"id\":\"%s\"}".formatted(number, id(number));
        return HttpRequest.newBuilder(publisher.http("/v1/channels/" + channel + "/messages"))
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String id(int number) {
        return "n" + number;
    }

    String channel() {
        return channel;
    }

    /// In the order of their numbers, from 1. Complete when [#run] has returned.
    List<Acknowledged> acknowledged() {
        return acknowledged;
    }
}
