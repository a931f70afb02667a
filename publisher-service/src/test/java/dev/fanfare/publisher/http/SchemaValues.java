package dev.fanfare.publisher.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Makes values of schemas, right ones and ones that are wrong in one place, the same for the same seed.
///
/// Knows as much of JSON Schema as the document uses. A pattern is a sequence of characters and classes, each with
/// a quantifier or without.
final class SchemaValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern STEP = Pattern.compile("(\\[(?:\\\\.|[^\\\\\\]])+]|[^\\[])(\\+|\\{(\\d+),(\\d+)})?");
    private static final int LONGEST_RUN = 20;
    private static final int MOST_ITEMS = 4;
    private static final int DEEPEST = 4;
    private static final String LETTERS = "abcXYZ019 -_.~:/?#[]@!$&'()*+,;=%\"\\<>|^`{}éß漢😀";

    private final OpenApiDocument document;
    private final Random random;

    SchemaValues(OpenApiDocument document, long seed) {
        this.document = document;
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /// A value that the schema allows.
    JsonNode valid(JsonNode reference) {
        JsonNode schema = document.resolved(reference);
        if (schema.has("oneOf") && !schema.has("properties")) {
            return valid(pick(schema.get("oneOf")));
        }
        if (schema.has("enum")) {
            return pick(schema.get("enum"));
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? pick(type).asText() : type.asText()) {
            case "string" -> JSON.textNode(text(schema));
            case "integer" -> JSON.numberNode(integer(schema));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            case "array" -> array(schema);
            case "object" -> object(schema);
            default -> any(DEEPEST);
        };
    }

    /// A value with one thing wrong, or what a careless program would take for a value. By chance it may be right.
    JsonNode nearlyValid(JsonNode reference) {
        JsonNode schema = document.resolved(reference);
        if (schema.has("oneOf") && !schema.has("properties")) {
            return nearlyValid(pick(schema.get("oneOf")));
        }
        JsonNode value = valid(schema);
        return switch (value) {
            case ObjectNode object when random.nextInt(6) > 0 -> nearly(object, schema);
            case ArrayNode array when random.nextInt(6) > 0 -> nearly(array, schema);
            default -> wrong(schema);
        };
    }

    private ObjectNode nearly(ObjectNode object, JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() ? "a" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(name);
            case 1 -> object.put(name + "x", 1);
            case 2 -> object.set(name, any(1));
            default -> object.set(name, nearlyValid(schema.path("properties").path(name)));
        }
        return object;
    }

    private ArrayNode nearly(ArrayNode array, JsonNode schema) {
        int size = array.size();
        switch (random.nextInt(6)) {
            case 0 -> array.removeAll();
            case 1 -> array.add(any(1));
            case 2 -> array.add(array.get(0));
            case 3 -> array.set(random.nextInt(size), any(1));
            case 4 -> IntStream.range(0, 101).forEach(_ -> array.add(valid(schema.get("items"))));
            default -> array.set(random.nextInt(size), nearlyValid(schema.get("items")));
        }
        return array;
    }

    private JsonNode wrong(JsonNode schema) {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.textNode("");
            case 2 -> JSON.textNode("a".repeat(schema.path("maxLength").asInt(300) + 1));
            case 3 -> JSON.numberNode(schema.path("minimum").asLong(0) - 1);
            case 4 -> JSON.numberNode(schema.path("maximum").asLong(Long.MAX_VALUE - 1) + 1);
            case 5 -> JSON.numberNode(1.5);
            case 6 -> JSON.textNode(letters(1 + random.nextInt(LONGEST_RUN)) + "\u0000");
            default -> any(1);
        };
    }

    private String text(JsonNode schema) {
        if (schema.has("pattern")) {
            return ofPattern(schema.get("pattern").asText());
        }
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(LONGEST_RUN);
        return letters(random.nextInt(8) == 0 ? most : least + random.nextInt(Math.min(most, LONGEST_RUN) - least + 1));
    }

    private String letters(int length) {
        int[] all = LETTERS.codePoints().toArray();
        var text = new StringBuilder();
        while (text.length() < length) {
            int next = all[random.nextInt(all.length)];
            text.appendCodePoint(text.length() + Character.charCount(next) > length ? 'a' : next);
        }
        return text.toString();
    }

    private String ofPattern(String pattern) {
        Matcher steps = STEP.matcher(pattern.substring(1, pattern.length() - 1));
        var text = new StringBuilder();
        while (steps.find()) {
            Pattern one = Pattern.compile(steps.group(1));
            List<String> choices = IntStream.range(' ', 127)
                    .mapToObj(Character::toString)
                    .filter(character -> one.matcher(character).matches())
                    .toList();
            int least = steps.group(3) == null ? 1 : Integer.parseInt(steps.group(3));
            int most = steps.group(4) != null
                    ? Integer.parseInt(steps.group(4))
                    : steps.group(2) == null ? 1 : LONGEST_RUN;
            for (int left = least + random.nextInt(most - least + 1); left > 0; left--) {
                text.append(choices.get(random.nextInt(choices.size())));
            }
        }
        return text.toString();
    }

    private long integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(Integer.MAX_VALUE);
        return switch (random.nextInt(6)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextLong(least, most + 1);
        };
    }

    private ArrayNode array(JsonNode schema) {
        int least = schema.path("minItems").asInt(0);
        ArrayNode array = JSON.arrayNode();
        for (int left = least + random.nextInt(MOST_ITEMS); left > 0; left--) {
            array.add(valid(schema.get("items")));
        }
        return array;
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        if (!schema.has("properties")) {
            JsonNode members = schema.path("additionalProperties");
            object.set("a", members.isObject() ? valid(members) : any(1));
            return object;
        }
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.get("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || random.nextInt(4) == 0) {
                object.set(property.getKey(), valid(property.getValue()));
            }
        });
        return object;
    }

    private JsonNode any(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(true);
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(random.nextGaussian() * 1e300);
            case 4 -> JSON.textNode(letters(random.nextInt(LONGEST_RUN)));
            case 5 -> JSON.textNode("AP8+");
            case 6 -> JSON.arrayNode().add(any(depth - 1)).add(any(depth - 1));
            default -> JSON.objectNode().set(letters(3), any(depth - 1));
        };
    }

    private JsonNode pick(JsonNode choices) {
        int at = random.nextInt(choices.size());
        Iterator<JsonNode> each = choices.iterator();
        for (int i = 0; i < at; i++) {
            each.next();
        }
        return each.next();
    }
}
