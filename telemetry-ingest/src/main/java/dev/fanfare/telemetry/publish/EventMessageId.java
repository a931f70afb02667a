package dev.fanfare.telemetry.publish;

import dev.fanfare.contract.message.Message;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Message ids of the form `<source>-<fence>-<n>-<event id>`.
///
/// The event's own id alone would not do as one: servers count anew after a restart, and then new events
/// would pass for repetitions of old ones.
final class EventMessageId {

    private EventMessageId() {}

    /// `id` with the event's, where a message id has room for it and may hold its characters.
    static String with(String id, @Nullable String eventId) {
        String both = id + "-" + eventId;
        return eventId != null && Message.isValidField(both) ? both : id;
    }

    /// The event id in a message id that [#with] made for `source`.
    static Optional<String> eventIdIn(String messageId, String source) {
        Matcher matcher =
                Pattern.compile(Pattern.quote(source) + "-\\d+-\\d+-(.+)").matcher(messageId);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
