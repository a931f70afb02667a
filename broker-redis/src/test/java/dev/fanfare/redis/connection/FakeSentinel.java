package dev.fanfare.redis.connection;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers what a client asks a Sentinel, with whatever the test wants it to believe: real ones agree too soon.
final class FakeSentinel {

    /// A command, and its first argument.
    private static final Pattern QUESTION = Pattern.compile(
            "\\*\\d+\r\n\\$\\d+\r\n([^\r\n]+)\r\n(?:\\$\\d+\r\n([^\r\n]+)\r\n)?(?:\\$\\d+\r\n[^\r\n]+\r\n)*");

    private final NetServer server;
    private volatile long epoch;
    private volatile int primaryPort;

    FakeSentinel(Vertx vertx, long epoch, int primaryPort) throws Exception {
        believe(epoch, primaryPort);
        this.server = vertx.createNetServer()
                .connectHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
    }

    void believe(long newEpoch, int newPrimaryPort) {
        primaryPort = newPrimaryPort;
        epoch = newEpoch;
    }

    String uri() {
        return "redis://127.0.0.1:" + server.actualPort();
    }

    /// A question never comes in parts over loopback: it is smaller than any segment.
    private void answer(NetSocket client) {
        client.handler(bytes -> {
            Matcher question = QUESTION.matcher(bytes.toString(StandardCharsets.US_ASCII));
            while (question.find()) {
                client.write(answerTo(question.group(1), String.valueOf(question.group(2))));
            }
        });
    }

    private String answerTo(String command, String argument) {
        return switch (command.equals("sentinel") ? argument : command) {
            case "MASTER" -> array("name", "any", "config-epoch", Long.toString(epoch));
            case "GET-MASTER-ADDR-BY-NAME" -> array("127.0.0.1", Integer.toString(primaryPort));
            case "ping" -> "+PONG\r\n";
            default -> "-ERR unknown command\r\n";
        };
    }

    private static String array(String... items) {
        var text = new StringBuilder("*" + items.length + "\r\n");
        for (String item : items) {
            text.append('$').append(item.length()).append("\r\n").append(item).append("\r\n");
        }
        return text.toString();
    }
}
