package dev.fanfare.publisher.http;

import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.failure.ErrorCode;
import java.util.Optional;

/// Request to many channels → drafts. Stateless, never blocks, never throws at what a caller sends.
final class BatchReader {

    private BatchReader() {}

    static BatchReading read(PublishHead head, byte[] body) {
        DraftFields fields = HeadReader.read(head);
        HeadReader.refuseParameters(head, fields);
        if (!(BodyFormat.of(head.contentType()) instanceof BodyFormat.Json)) {
            fields.refuse(ErrorCode.MEDIA_TYPE_UNSUPPORTED, "a batch is application/json");
        }
        Problem headProblem = fields.problem();
        if (headProblem != null) {
            return new BatchReading.Refused(headProblem);
        }
        var array = new DraftArray();
        Optional<Problem> problem = JsonText.read(body, parser -> {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                array.read(parser, body, null);
            } else {
                parser.skipChildren();
            }
        });
        if (problem.isPresent()) {
            return new BatchReading.Refused(problem.get());
        }
        if (array.isEmpty()) {
            return new BatchReading.Refused(
                    new Problem(ErrorCode.BODY_INVALID, "the body is not a JSON array with at least one message"));
        }
        array.identify(fields.id());
        return new BatchReading.Messages(array.toReadings());
    }
}
