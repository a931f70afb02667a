package dev.fanfare.publisher.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.Operation;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.broker.RevocationTarget.Kind;
import dev.fanfare.contract.channel.ChannelPattern;
import dev.fanfare.contract.message.JsonReading;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a body asks to revoke: `{"subject":"alice","graceMs":5000}`, by one of `token`, `subject`, `key` and `channel`.
sealed interface Revoking {

    /// What whoever revokes has to be allowed.
    Capabilities EVERYTHING = Capabilities.of(Map.of(new ChannelPattern("*"), Set.of(Operation.ADMIN)));

    /// Longest grace: an hour.
    long MAX_GRACE_MILLIS = Duration.ofHours(1).toMillis();

    record Understood(RevocationTarget target, Duration grace) implements Revoking {}

    record Refused(String detail) implements Revoking {}

    /// Reads `body`.
    static Revoking read(byte[] body) {
        RevocationTarget target = null;
        long graceMillis = 0;
        try (JsonParser parser = JsonReading.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Refused("the body is a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                OptionalLong whole = JsonReading.wholeNumberAt(parser);
                if (name.equals("graceMs") && whole.isPresent()) {
                    graceMillis = whole.getAsLong();
                } else if (target == null && value == JsonToken.VALUE_STRING) {
                    target = new RevocationTarget(Kind.of(name), parser.getText());
                } else {
                    return new Refused(
                            "the body has one of token, subject, key and channel, a string, and perhaps graceMs");
                }
            }
            return parser.nextToken() == null
                    ? toReading(target, graceMillis)
                    : new Refused("something follows the object");
        } catch (IOException _) {
            return new Refused("the body is not valid JSON");
        } catch (IllegalArgumentException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static Revoking toReading(@Nullable RevocationTarget target, long graceMillis) {
        if (target == null) {
            return new Refused("the body names what is revoked: by token, subject, key or channel");
        }
        return graceMillis >= 0 && graceMillis <= MAX_GRACE_MILLIS
                ? new Understood(target, Duration.ofMillis(graceMillis))
                : new Refused("graceMs is 0 to " + MAX_GRACE_MILLIS);
    }
}
