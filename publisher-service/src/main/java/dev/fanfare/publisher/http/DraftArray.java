package dev.fanfare.publisher.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.messaging.publish.Draft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The messages of a request that has several, as far as they have been read.
///
/// Lives for one request on one thread.
final class DraftArray {

    private final List<DraftFields> messages = new ArrayList<>();

    /// Reads the array whose opening bracket the parser is on, to its closing one.
    ///
    /// @param channel that of the address, or null when each message names its own
    void read(JsonParser parser, byte[] body, @Nullable String channel) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var fields = new DraftFields(channel);
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                JsonMessage.read(parser, body, fields);
            } else {
                fields.refuse(ErrorCode.BODY_INVALID, "it is not a JSON object");
                parser.skipChildren();
            }
            messages.add(fields);
        }
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /// Gives the messages the ids `key:0`, `key:1`, …, if there is a key, and refuses those whose id another
    /// message has: the caller would believe both to be stored.
    void identify(@Nullable String key) {
        Set<String> known = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            DraftFields fields = messages.get(i);
            if (key != null) {
                identify(fields, key + ":" + i);
            }
            String identity = fields.identity();
            if (identity != null && !known.add(identity)) {
                fields.refuse(ErrorCode.IDS_CONTRADICT, "another message of the request has the same id");
            }
        }
    }

    private static void identify(DraftFields fields, String id) {
        if (fields.id() != null) {
            fields.refuse(ErrorCode.IDS_CONTRADICT, "the message has an id although Idempotency-Key gives it one");
        } else {
            fields.text(DraftFields.Source.HEADER, "id", id);
        }
    }

    /// All of them, or what is wrong with the first that is wrong.
    PublishReading toSequence() {
        List<Draft> drafts = new ArrayList<>(messages.size());
        for (PublishReading reading : toReadings()) {
            switch (reading) {
                case PublishReading.Understood(Draft draft) -> drafts.add(draft);
                case PublishReading.Refused(Problem problem) -> {
                    return new PublishReading.Refused(problem.at(drafts.size()));
                }
                case PublishReading.Sequence _ -> throw new IllegalStateException("an array in an array");
            }
        }
        return new PublishReading.Sequence(drafts);
    }

    /// What each of them says.
    List<PublishReading> toReadings() {
        return messages.stream().map(DraftFields::toReading).toList();
    }
}
