package dev.fanfare.benchmarks.redis;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.message.Message;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.RespClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The command that a publisher really sends, as Redis saw it, so that nobody else has to know what
/// `publish.lua` is called with.
public final class SentCommand {

    /// One argument of a line of `MONITOR`: `"…"` with escapes inside.
    private static final Pattern ARGUMENT = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*)\"");

    /// Begins the command on such a line, after the time and the address in brackets.
    private static final Pattern EVALSHA = Pattern.compile("^\\S+ \\[[^]]*] \"EVALSHA\"", Pattern.CASE_INSENSITIVE);

    private SentCommand() {}

    /// Has `publisher` publish `message` and returns its `EVALSHA`, the name of the command first.
    public static List<String> of(MessagePublisher publisher, Message message, RedisServer redis) {
        try (RespClient monitor = redis.connect()) {
            monitor.execute("MONITOR");
            publisher.publish(message).join();
            String line = nextLine(monitor);
            // Others may run scripts meanwhile.
            while (!EVALSHA.matcher(line).find() || !line.contains(message.id())) {
                line = nextLine(monitor);
            }
            return argumentsOf(line);
        } catch (IOException e) {
            throw new IllegalStateException("Redis does not tell what was sent", e);
        }
    }

    private static String nextLine(RespClient monitor) throws IOException {
        return String.valueOf(monitor.read());
    }

    private static List<String> argumentsOf(String line) {
        List<String> arguments = new ArrayList<>();
        Matcher argument = ARGUMENT.matcher(line);
        while (argument.find()) {
            arguments.add(unescaped(argument.group(1)));
        }
        return arguments;
    }

    /// Only quotes and backslashes are escaped in a command that holds nothing but visible ASCII.
    private static String unescaped(String text) {
        return text.replaceAll("\\\\([\"\\\\])", "$1");
    }
}
