package dev.fanfare.e2e.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.e2e.installation.ServiceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Impatient clients that all publish the same messages to one channel, each until it has an acknowledgement, to any
/// instance, in an order of its own, over connections that break at points that a seed decides.
final class RetryStorm implements AutoCloseable {

    /// What an acknowledgement says.
    record Receipt(String id, String epoch, long offset, boolean duplicate) {

        /// Receipts of one message agree on it.
        String position() {
            return epoch + ":" + offset;
        }

        static Receipt of(JsonNode json) {
            JsonNode receipt = json.isArray() ? json.get(0) : json;
            return new Receipt(
                    receipt.get("id").asText(),
                    receipt.get("epoch").asText(),
                    receipt.get("offset").asLong(),
                    receipt.get("duplicate").asBoolean());
        }
    }

    private static final Duration RETRY_AFTER = Duration.ofMillis(50);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(60);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private static final int CUT_IN_REQUEST_PERCENT = 15;
    private static final int CUT_BEFORE_ANSWER_PERCENT = 15;

    private final String channel;
    private final List<URI> publishers;
    private final List<String> ids;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<List<Receipt>>> clients = new ArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /// @param messages that each client publishes
    RetryStorm(String channel, List<ServiceProcess> publishers, int messages) {
        this.channel = channel;
        this.publishers =
                publishers.stream().map(publisher -> publisher.http("/")).toList();
        this.ids = IntStream.range(0, messages).mapToObj(n -> "m" + n).toList();
    }

    String channel() {
        return channel;
    }

    /// The ids of all messages.
    List<String> ids() {
        return ids;
    }

    /// Begins, with so many clients.
    RetryStorm start(int howMany, long seed) {
        var seeds = new Random(seed);
        for (int i = 0; i < howMany; i++) {
            var random = new Random(seeds.nextLong());
            clients.add(threads.submit(() -> publishAll(random)));
        }
        return this;
    }

    /// Acknowledgements that clients have seen so far.
    int acknowledged() {
        return acknowledged.get();
    }

    /// Publishes whose connection the client has cut so far.
    int cut() {
        return cut.get();
    }

    /// Publishes that were answered with 503, or with 429 because those that were cut are still in hand, so far.
    int refused() {
        return refused.get();
    }

    /// Waits until each client has an acknowledgement of each message.
    List<Receipt> receipts() throws Exception {
        List<Receipt> receipts = new ArrayList<>();
        for (Future<List<Receipt>> client : clients) {
            receipts.addAll(client.get());
        }
        return receipts;
    }

    private List<Receipt> publishAll(Random random) {
        List<String> order = new ArrayList<>(ids);
        Collections.shuffle(order, random);
        return order.stream().map(id -> publishUntilAcknowledged(id, random)).toList();
    }

    private Receipt publishUntilAcknowledged(String id, Random random) {
        long giveUpAt = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        while (System.nanoTime() < giveUpAt) {
            Optional<Receipt> receipt = tryPublish(id, random);
            if (receipt.isPresent()) {
                acknowledged.incrementAndGet();
                return receipt.get();
            }
        }
        throw new AssertionError(id + " was not acknowledged within " + GIVE_UP_AFTER.toSeconds() + " s");
    }

    private Optional<Receipt> tryPublish(String id, Random random) {
        URI publisher = publishers.get(random.nextInt(publishers.size()));
        byte[] request = request(id, random.nextInt(4));
        int choice = random.nextInt(100);
        int cutAt = random.nextInt(request.length);
        boolean isReset = random.nextBoolean();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), publisher.getPort())) {
            socket.setSoTimeout(Math.toIntExact(ANSWER_WITHIN.toMillis()));
            if (choice < CUT_IN_REQUEST_PERCENT + CUT_BEFORE_ANSWER_PERCENT) {
                cut.incrementAndGet();
                socket.setSoLinger(isReset, 0);
                socket.getOutputStream().write(request, 0, choice < CUT_IN_REQUEST_PERCENT ? cutAt : request.length);
                return Optional.empty();
            }
            socket.getOutputStream().write(request);
            return receipt(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        } catch (IOException noAnswer) {
            LockSupport.parkNanos(RETRY_AFTER.toNanos());
            return Optional.empty();
        }
    }

    /// The same message in one of the forms that the API takes.
    private byte[] request(String id, int form) {
        return switch (form) {
            case 0 -> request("", "application/json", "", "{\"data\":\"" + id + "\",\"id\":\"" + id + "\"}");
            case 1 -> request("", "application/json", "Idempotency-Key: " + id + "\r\n", "{\"data\":\"" + id + "\"}");
            case 2 -> request("", "application/json", "", "[{\"data\":\"" + id + "\",\"id\":\"" + id + "\"}]");
            default -> request("?id=" + id, "text/plain", "", id);
        };
    }

    private byte[] request(String query, String type, String header, String body) {
        return ("POST /v1/channels/" + channel + "/messages" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Content-Type: " + type + "\r\n" + header + "Content-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(ISO_8859_1);
    }

    private Optional<Receipt> receipt(String answer) {
        if (answer.startsWith("HTTP/1.1 201")) {
            return Optional.of(Receipt.of(Frames.parse(answer.substring(answer.indexOf("\r\n\r\n") + 4))));
        }
        if (!answer.isEmpty() && !answer.startsWith("HTTP/1.1 503") && !answer.startsWith("HTTP/1.1 429")) {
            throw new AssertionError("a publish was answered with " + answer);
        }
        refused.incrementAndGet();
        LockSupport.parkNanos(RETRY_AFTER.toNanos());
        return Optional.empty();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
