package dev.fanfare.contract.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.JsonReading;
import dev.fanfare.contract.message.JsonWriting;
import dev.fanfare.contract.message.StreamPosition;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Text ⇄ frames. Stateless, never blocks, never throws at what a client sends.
///
/// Unknown fields are ignored, so that an old gateway understands what it can of a newer client.
public final class FrameCodec {

    private static final StartPoint NOW = new StartPoint.Now();
    private static final String RECOVER_HELP = "recover is {\"epoch\":\"…\",\"offset\":0 or more}";
    private static final String REWIND_HELP = "rewind is a count from 1, or an age such as \"90s\", \"2m\" or \"1h\"";

    private FrameCodec() {}

    /// Reads one request of a client.
    public static FrameReading read(String text) {
        var request = new Request();
        byte[] utf8 = text.getBytes(UTF_8);
        try (JsonParser parser = JsonReading.parser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return notAnObject(parser, request);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                request.readField(parser, utf8);
            }
            if (parser.nextToken() != null) {
                return request.refused(ErrorCode.FRAME_NOT_JSON, "something follows the JSON object");
            }
        } catch (IOException e) {
            return JsonReading.isTooDeep(e)
                    ? request.refused(ErrorCode.FRAME_TOO_DEEP, "at most " + JsonReading.MAX_DEPTH + " levels are read")
                    : request.refused(ErrorCode.FRAME_NOT_JSON, "the text is not valid JSON");
        }
        return request.toReading();
    }

    /// Text such as `[1` is no JSON at all, and only reading to its end tells.
    private static FrameReading notAnObject(JsonParser parser, Request request) throws IOException {
        if (parser.currentToken() == null) {
            return request.refused(ErrorCode.FRAME_NOT_JSON, "the frame is empty");
        }
        while (parser.nextToken() != null) {}
        return request.refused(ErrorCode.FRAME_NOT_OBJECT, ErrorCode.FRAME_NOT_OBJECT.remedy());
    }

    /// The fields of one request as far as they have been read.
    private static final class Request {
        private @Nullable String action;
        private @Nullable String channel;
        private @Nullable RequestId id;
        private @Nullable StartPoint start;
        private @Nullable String invalid;
        private @Nullable String token;
        private final PublishFields publish = new PublishFields();
        private final HistoryFields history = new HistoryFields();

        void readField(JsonParser parser, byte[] utf8) throws IOException {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "action" -> action = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                case "channel" -> channel = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                case "token" -> token = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                case "id" -> readId(parser, value, utf8);
                case "recover" -> readStart(value, StartPointReading.recover(parser), RECOVER_HELP);
                case "rewind" -> readStart(value, StartPointReading.rewind(parser), REWIND_HELP);
                case "data", "messageId", "name", "encoding", "extras" -> publish.read(name, parser, utf8);
                case "direction", "limit", "from", "to", "start", "end" -> history.read(name, parser);
                default -> parser.skipChildren();
            }
            // An object or array where text belongs still has to be read past.
            parser.skipChildren();
        }

        private void readId(JsonParser parser, JsonToken value, byte[] utf8) throws IOException {
            String json = JsonReading.valueAt(parser, utf8).toString();
            boolean isMark = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT;
            if (isMark && json.length() <= RequestId.MAX_LENGTH) {
                id = new RequestId(json);
            } else if (value != JsonToken.VALUE_NULL) {
                invalid = "id is a string or an integer of at most " + RequestId.MAX_LENGTH + " characters";
            }
        }

        private void readStart(JsonToken value, @Nullable StartPoint read, String help) {
            if (value == JsonToken.VALUE_NULL) {
                return;
            }
            if (read == null) {
                invalid = help;
            } else if (start != null) {
                invalid = "recover and rewind exclude each other";
            }
            start = read;
        }

        FrameReading toReading() {
            if (invalid != null) {
                return refused(ErrorCode.FIELD_INVALID, invalid);
            }
            return switch (action) {
                case "ping" -> understood(new ClientFrame.Ping(id));
                case "subscribe" ->
                    withChannel(c -> understood(new ClientFrame.Subscribe(c, start == null ? NOW : start, id)));
                case "unsubscribe" -> withChannel(c -> understood(new ClientFrame.Unsubscribe(c, id)));
                case "publish" -> withChannel(c -> publish.toReading(c, id));
                case "history" -> withChannel(c -> history.toReading(c, id));
                case "auth" ->
                    token == null
                            ? refused(ErrorCode.FIELD_INVALID, "token is missing or not a string")
                            : understood(new ClientFrame.Auth(token, id));
                case null -> refused(ErrorCode.ACTION_UNKNOWN, "action is missing or not a string");
                default -> refused(ErrorCode.ACTION_UNKNOWN, "the action is not known");
            };
        }

        private static FrameReading understood(ClientFrame frame) {
            return new FrameReading.Understood(frame);
        }

        private FrameReading withChannel(Function<Channel, FrameReading> reading) {
            if (channel == null) {
                return refused(ErrorCode.CHANNEL_INVALID, "channel is missing or not a string");
            }
            if (!Channel.isValid(channel)) {
                return refused(ErrorCode.CHANNEL_INVALID, ErrorCode.CHANNEL_INVALID.remedy());
            }
            return reading.apply(new Channel(channel));
        }

        FrameReading refused(ErrorCode code, String detail) {
            return new FrameReading.Refused(code, detail, id);
        }
    }

    /// The JSON text of a frame.
    public static String write(ServerFrame frame) {
        var json = new StringBuilder(128);
        switch (frame) {
            case ServerFrame.Welcome welcome -> {
                json.append("{\"event\":\"welcome\"");
                JsonWriting.appendMember(json, "connectionId", welcome.connectionId());
            }
            case ServerFrame.Subscribed subscribed -> {
                event(json, "subscribed", subscribed.channel());
                appendId(json, subscribed.id());
                appendPosition(json, subscribed.position());
                json.append(",\"recovered\":").append(subscribed.isRecovered());
                if (subscribed.isEphemeral()) {
                    json.append(",\"ephemeral\":true");
                }
            }
            case ServerFrame.Unsubscribed unsubscribed -> {
                event(json, "unsubscribed", unsubscribed.channel());
                appendId(json, unsubscribed.id());
            }
            case ServerFrame.SubscriptionEnded ended -> {
                event(json, "unsubscribed", ended.channel());
                JsonWriting.appendMember(json, "reason", ended.reason().slug());
            }
            case ServerFrame.Authenticated authenticated -> {
                json.append("{\"event\":\"authenticated\"");
                appendId(json, authenticated.id());
                JsonWriting.appendMember(json, "subject", authenticated.subject());
                json.append(",\"expiresAt\":").append(authenticated.expiresAt().toEpochMilli());
            }
            case ServerFrame.TokenExpiring expiring ->
                json.append("{\"event\":\"token.expiring\",\"expiresAt\":")
                        .append(expiring.expiresAt().toEpochMilli());
            case ServerFrame.Published published -> {
                event(json, "published", published.channel());
                appendId(json, published.id());
                JsonWriting.appendMember(json, "messageId", published.messageId());
                appendPosition(json, published.position());
                if (published.isDuplicate()) {
                    json.append(",\"duplicate\":true");
                }
            }
            case ServerFrame.History history -> {
                return history.page().text();
            }
            case ServerFrame.Discontinuity discontinuity -> {
                event(json, "discontinuity", discontinuity.channel());
                appendPosition(json, discontinuity.position());
                JsonWriting.appendMember(json, "reason", discontinuity.reason());
            }
            case ServerFrame.Degraded _ -> json.append("{\"event\":\"degraded\"");
            case ServerFrame.Restored _ -> json.append("{\"event\":\"restored\"");
            case ServerFrame.Reconnect reconnect ->
                json.append("{\"event\":\"reconnect\",\"afterMs\":")
                        .append(reconnect.after().toMillis());
            case ServerFrame.Pong pong -> {
                json.append("{\"event\":\"pong\"");
                appendId(json, pong.id());
            }
            case ServerFrame.Failed failed -> {
                json.append("{\"error\":");
                JsonWriting.appendString(json, failed.code().text());
                json.append(",\"code\":").append(failed.code().number());
                if (failed.detail() != null) {
                    JsonWriting.appendMember(json, "detail", failed.detail());
                }
                appendId(json, failed.id());
                if (failed.retryAfter() != null) {
                    // Rounded up: earlier it would be refused again.
                    json.append(",\"retryAfterMs\":")
                            .append(failed.retryAfter().plusNanos(999_999).toMillis());
                }
            }
        }
        return json.append('}').toString();
    }

    static void event(StringBuilder json, String name, Channel channel) {
        json.append("{\"event\":\"").append(name).append('"');
        JsonWriting.appendMember(json, "channel", channel.name());
    }

    static void appendPosition(StringBuilder json, StreamPosition position) {
        JsonWriting.appendMember(json, "epoch", position.epoch());
        json.append(",\"offset\":").append(position.offset());
    }

    static void appendId(StringBuilder json, @Nullable RequestId id) {
        if (id != null) {
            json.append(",\"id\":").append(id.json());
        }
    }
}
