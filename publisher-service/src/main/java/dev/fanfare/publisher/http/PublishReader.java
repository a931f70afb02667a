package dev.fanfare.publisher.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Request to one channel → draft or drafts. Stateless, never blocks, never throws at what a caller sends.
///
/// Strict on purpose: what is not understood is refused by name, because a caller whose `idd` were ignored
/// would believe its retries to be safe.
final class PublishReader {

    private PublishReader() {}

    static PublishReading read(PublishHead head, byte[] body) {
        DraftFields fields = HeadReader.read(head);
        return switch (BodyFormat.of(head.contentType())) {
            case BodyFormat.Json _ -> {
                HeadReader.refuseParameters(head, fields);
                yield readJson(head.channel(), body, fields);
            }
            case BodyFormat.Text(Charset charset) -> {
                HeadReader.readParameters(head, fields);
                readText(body, charset, fields);
                yield fields.toReading();
            }
            case BodyFormat.Binary _ -> {
                HeadReader.readParameters(head, fields);
                readBinary(body, fields);
                yield fields.toReading();
            }
            case BodyFormat.Unsupported(String detail) -> {
                fields.refuse(ErrorCode.MEDIA_TYPE_UNSUPPORTED, detail);
                yield fields.toReading();
            }
        };
    }

    private static void readText(byte[] body, Charset charset, DraftFields fields) {
        if (body.length == 0) {
            fields.refuse(ErrorCode.BODY_INVALID, "the body is empty");
            return;
        }
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            fields.data(RawJson.ofString(text));
        } catch (CharacterCodingException _) {
            fields.refuse(ErrorCode.BODY_INVALID, "the body is not valid " + charset.name());
        }
    }

    private static void readBinary(byte[] body, DraftFields fields) {
        if (body.length == 0) {
            fields.refuse(ErrorCode.BODY_INVALID, "the body is empty");
            return;
        }
        fields.data(RawJson.ofString(Base64.getEncoder().encodeToString(body)));
        fields.encoding(Message.BASE64);
    }

    /// @param head what the head alone says: the message, if the body has one
    private static PublishReading readJson(@Nullable String channel, byte[] body, DraftFields head) {
        Problem headProblem = head.problem();
        if (headProblem != null) {
            return new PublishReading.Refused(headProblem);
        }
        var array = new DraftArray();
        Optional<Problem> problem = JsonText.read(body, parser -> readValue(parser, body, channel, head, array));
        if (problem.isPresent()) {
            return new PublishReading.Refused(problem.get());
        }
        if (array.isEmpty()) {
            return head.toReading();
        }
        array.identify(head.id());
        return array.toSequence();
    }

    private static void readValue(
            JsonParser parser, byte[] body, @Nullable String channel, DraftFields one, DraftArray many)
            throws IOException {
        JsonToken first = parser.currentToken();
        if (first == JsonToken.START_OBJECT) {
            JsonMessage.read(parser, body, one);
        } else if (first == JsonToken.START_ARRAY) {
            many.read(parser, body, channel);
            if (many.isEmpty()) {
                one.refuse(ErrorCode.BODY_INVALID, "the array has no message");
            }
        } else {
            one.refuse(ErrorCode.BODY_INVALID, "the body is not a JSON object or array");
        }
    }
}
