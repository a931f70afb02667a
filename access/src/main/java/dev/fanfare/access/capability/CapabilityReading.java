package dev.fanfare.access.capability;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.channel.ChannelPattern;
import dev.fanfare.contract.message.JsonReading;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Reads the JSON of a claim: strictly, because what is guessed here is granted.
final class CapabilityReading {

    private CapabilityReading() {}

    static Capabilities read(byte[] utf8) {
        if (utf8.length > Capabilities.MAX_BYTES) {
            throw new IllegalCapabilityException(
                    "it has " + utf8.length + " bytes, more than " + Capabilities.MAX_BYTES);
        }
        try (JsonParser parser = JsonReading.parser(utf8)) {
            Capabilities capabilities = object(parser);
            if (parser.nextToken() != null) {
                throw new IllegalCapabilityException("something follows the object");
            }
            return capabilities;
        } catch (IOException _) {
            // Jackson's message quotes the text, which may be a secret that was put here by mistake.
            throw new IllegalCapabilityException("it is not valid JSON, or names a pattern twice");
        }
    }

    private static Capabilities object(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalCapabilityException("it is not a JSON object of channel patterns");
        }
        Map<ChannelPattern, Set<Operation>> operations = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            ChannelPattern pattern = pattern(parser.currentName());
            if (operations.size() == Capabilities.MAX_PATTERNS) {
                throw new IllegalCapabilityException("it has more than " + Capabilities.MAX_PATTERNS + " patterns");
            }
            operations.put(pattern, operations(pattern, parser));
        }
        return Capabilities.of(operations);
    }

    private static ChannelPattern pattern(String text) {
        try {
            return new ChannelPattern(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalCapabilityException("one of its keys is not a channel pattern");
        }
    }

    private static Set<Operation> operations(ChannelPattern pattern, JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw new IllegalCapabilityException("\"" + pattern + "\" has no list of operations");
        }
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Operation operation =
                    parser.currentToken() == JsonToken.VALUE_STRING ? Operation.of(parser.getText()) : null;
            if (operation == null || !operations.add(operation)) {
                throw new IllegalCapabilityException(
                        "\"" + pattern + "\" lists something else than subscribe, publish, presence, history and admin,"
                                + " each once");
            }
        }
        if (operations.isEmpty()) {
            throw new IllegalCapabilityException("\"" + pattern + "\" lists no operation");
        }
        return operations;
    }
}
