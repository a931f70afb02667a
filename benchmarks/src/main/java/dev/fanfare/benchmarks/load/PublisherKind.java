package dev.fanfare.benchmarks.load;

import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.benchmarks.redis.SentCommand;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/// The way on which messages reach a server.
public sealed interface PublisherKind {

    /// Where it listens, on the loopback interface.
    int port();

    /// Through `publish.lua` at Redis, with the very command that our publisher sends.
    record Script(PublisherOnRedis installation) implements PublisherKind {

        private static final int ID_LENGTH = 16;
        private static final int TICKET_AT = 15;

        @Override
        public int port() {
            return installation.redis().uri().getPort();
        }

        /// Takes the command of a sample to pieces. Ids begin with a salt, six digits, by which they differ from
        /// those of other publishers to the same Redis.
        private Function<String, Template> templates(Payload payload) {
            String salt = String.format(
                    Locale.ROOT, "%06d", ThreadLocalRandom.current().nextInt(1_000_000));
            var channel = new Channel("sample.channel");
            String id = "i".repeat(ID_LENGTH);
            String data = payload.toString();
            var sample = new Message(channel, id, json(payload), null, null, Instant.now());
            List<String> command = SentCommand.of(installation.publisher(), sample, installation.redis());
            String ticket = command.get(TICKET_AT);
            String tag = tagOf(channel);
            return name -> Template.command(
                    command.stream()
                            .map(argument -> argument.equals(ticket) ? String.valueOf(Template.TICKET) : argument)
                            .map(argument -> argument.replace(data, String.valueOf(Template.PAYLOAD))
                                    .replace(id, salt + Template.NUMBER)
                                    .replace(tag, tagOf(new Channel(name)))
                                    .replace(channel.name(), name))
                            .toList(),
                    payload.size());
        }

        private String tagOf(Channel channel) {
            String key = installation.keys().meta(channel);
            return key.substring(key.indexOf('{'), key.indexOf('}') + 1);
        }

        private static RawJson json(Payload payload) {
            try {
                return RawJson.parse(payload.stamp(0, 0));
            } catch (IOException e) {
                throw new IllegalStateException("a payload is JSON", e);
            }
        }
    }

    /// By `PUBLISH` at Redis.
    record Plain(int port) implements PublisherKind {}

    /// By `PUBLISH` at Redis, as `@socket.io/redis-emitter` does it.
    record SocketIo(int port) implements PublisherKind {}

    /// By `POST` over several connections.
    record Http(int port, String path) implements PublisherKind {}

    /// By the text protocol of NATS.
    record Nats(int port) implements PublisherKind {}

    /// How a publish to a channel looks on the wire.
    default Function<String, Template> templatesFor(Payload payload) {
        String data = String.valueOf(Template.PAYLOAD);
        return switch (this) {
            case Script script -> script.templates(payload);
            case Plain _ -> name -> Template.command(List.of("PUBLISH", name, data), payload.size());
            case SocketIo _ ->
                name -> Template.command(
                        List.of("PUBLISH", "socket.io#/#" + name + "#", EmitterPacket.of(name, payload.size())),
                        payload.size());
            case Http http ->
                name -> new Template("POST " + http.path + name + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + payload.size() + "\r\n\r\n" + data);
            case Nats _ -> name -> new Template("PUB " + name + " " + payload.size() + "\r\n" + data + "\r\n");
        };
    }
}
