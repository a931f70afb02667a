package dev.fanfare.publisher.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Makes values of schemas, right ones and ones that are wrong in one place, the same for the same seed.
///
/// Knows as much of JSON Schema as the document uses, and not all of that: what a value is, [OpenApiDocument#allows]
/// decides. A pattern is a sequence of characters and classes, each with a quantifier or without.
final class SchemaValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern STEP = Pattern.compile("(\\[(?:\\\\.|[^\\\\\\]])+]|[^\\[])([+*]|\\{(\\d+),(\\d+)})?");
    private static final int LONGEST_RUN = 20;
    private static final int MOST_ITEMS = 4;
    private static final int DEEPEST = 4;
    private static final String LETTERS = "abcXYZ019 -_.~:/?#[]@!$&'()*+,;=%\"\\<>|^`{}éß漢😀";
    private static final String CONTROLS = "\u0000\n\t\u001f\u007f\u0085";

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
            case "integer" -> integer(schema);
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
            case ArrayNode array when schema.has("items") && random.nextInt(6) > 0 -> nearly(array, schema);
            default -> wrong(schema, value);
        };
    }

    private ObjectNode nearly(ObjectNode object, JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            object.fieldNames().forEachRemaining(names::add);
        }
        String name = names.isEmpty() ? "a" : names.get(random.nextInt(names.size()));
        JsonNode member = schema.path("properties").has(name)
                ? schema.path("properties").path(name)
                : schema.path("additionalProperties");
        switch (random.nextInt(6)) {
            case 0 ->
                object.remove(
                        schema.has("required") ? pick(schema.get("required")).asText() : name);
            case 1 -> object.put(name + "x", 1);
            case 2 -> object.set(wrongText(name), object.path(name).deepCopy());
            case 3 -> object.set(name, any(1));
            default -> object.set(name, nearlyValid(member));
        }
        return object;
    }

    private ArrayNode nearly(ArrayNode array, JsonNode schema) {
        int size = array.size();
        switch (random.nextInt(6)) {
            case 0 -> array.removeAll();
            case 1 -> array.add(any(1));
            case 2 -> array.add(array.get(0).deepCopy());
            case 3 -> array.set(random.nextInt(size), any(1));
            case 4 -> IntStream.range(0, 101).forEach(_ -> array.add(valid(schema.get("items"))));
            default -> array.set(random.nextInt(size), nearlyValid(schema.get("items")));
        }
        return array;
    }

    private JsonNode wrong(JsonNode schema, JsonNode value) {
        return switch (random.nextInt(9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.textNode("");
            case 2 -> JSON.textNode("a".repeat(schema.path("maxLength").asInt(300) + 1));
            case 3 -> JSON.numberNode(schema.path("minimum").asLong(0) - 1);
            case 4 -> JSON.numberNode(schema.path("maximum").asLong(Long.MAX_VALUE - 1) + 1);
            case 5 -> JSON.numberNode(schema.path("minimum").asLong(0) + 0.5);
            case 6, 7 -> JSON.textNode(wrongText(value.asText()));
            default -> any(1);
        };
    }

    /// With a character in it that hardly anything allows, at the end every other time.
    private String wrongText(String text) {
        int at = random.nextBoolean() ? text.length() : random.nextInt(text.length() + 1);
        char odd = CONTROLS.charAt(random.nextInt(CONTROLS.length()));
        return text.substring(0, at) + odd + text.substring(at);
    }

    private String text(JsonNode schema) {
        if (schema.path("contentEncoding").asText().equals("base64")) {
            byte[] bytes = new byte[random.nextInt(LONGEST_RUN)];
            random.nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(LONGEST_RUN);
        return schema.has("pattern")
                ? ofPattern(schema.get("pattern").asText(), least, most)
                : run(LETTERS.codePoints().toArray(), length(least, most));
    }

    /// @param least least of what a `+` or `*` stands for
    /// @param most most of that
    private String ofPattern(String pattern, int least, int most) {
        Matcher steps = STEP.matcher(pattern.substring(1, pattern.length() - 1));
        var text = new StringBuilder();
        while (steps.find()) {
            Pattern one = Pattern.compile(steps.group(1));
            int[] choices = IntStream.concat(IntStream.range(' ', 127), LETTERS.codePoints())
                    .filter(c -> one.matcher(Character.toString(c)).matches())
                    .toArray();
            int length = steps.group(4) != null
                    ? length(Integer.parseInt(steps.group(3)), Integer.parseInt(steps.group(4)))
                    : steps.group(2) == null
                            ? 1
                            : length(steps.group(2).equals("+") ? Math.max(1, least) : least, most);
            text.append(run(choices, length));
        }
        return text.toString();
    }

    private int length(int least, int most) {
        return switch (random.nextInt(8)) {
            case 0 -> least;
            case 1 -> most;
            default -> least + random.nextInt(Math.min(most, LONGEST_RUN + least) - least + 1);
        };
    }

    /// So long in UTF-16.
    private String run(int[] choices, int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            int next = choices[random.nextInt(choices.length)];
            text.appendCodePoint(text.length() + Character.charCount(next) > length ? choices[0] : next);
        }
        return text.toString();
    }

    /// Written as `7` or as `7.0`, which is the same to JSON Schema.
    private JsonNode integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(Integer.MAX_VALUE);
        long number = switch (random.nextInt(6)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextLong(least, most + 1);
        };
        return random.nextInt(6) == 0
                ? DecimalNode.valueOf(new BigDecimal(number).setScale(1))
                : JSON.numberNode(number);
    }

    private ArrayNode array(JsonNode schema) {
        int least = schema.path("minItems").asInt(0);
        ArrayNode array = JSON.arrayNode();
        for (int left = least + random.nextInt(MOST_ITEMS); left > 0; left--) {
            array.add(valid(schema.get("items")));
        }
        if (schema.path("uniqueItems").asBoolean()) {
            Set<JsonNode> different = new LinkedHashSet<>();
            array.forEach(different::add);
            array.removeAll().addAll(different);
        }
        return array;
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        if (!schema.has("properties")) {
            JsonNode members = schema.path("additionalProperties");
            for (int left = random.nextInt(MOST_ITEMS); left > 0; left--) {
                String name = schema.has("propertyNames")
                        ? valid(schema.get("propertyNames")).asText()
                        : run(LETTERS.codePoints().toArray(), 3);
                object.set(name, members.isObject() ? valid(members) : any(1));
            }
            return object;
        }
        Set<String> required = names(schema.path("required"));
        Set<String> excluded = new LinkedHashSet<>();
        if (schema.has("oneOf")) {
            schema.get("oneOf").forEach(choice -> excluded.addAll(names(choice.path("required"))));
            required.addAll(names(pick(schema.get("oneOf")).path("required")));
            excluded.removeAll(required);
        }
        schema.get("properties").properties().forEach(property -> {
            String name = property.getKey();
            if (required.contains(name) || (!excluded.contains(name) && random.nextInt(4) == 0)) {
                object.set(name, valid(property.getValue()));
            }
        });
        if (schema.has("if") && document.allows(schema.get("if"), object)) {
            schema.at("/then/properties")
                    .properties()
                    .forEach(property -> object.set(property.getKey(), valid(property.getValue())));
        }
        return object;
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new LinkedHashSet<>();
        list.forEach(name -> names.add(name.asText()));
        return names;
    }

    private JsonNode any(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(true);
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(random.nextGaussian() * 1e300);
            case 4 -> JSON.textNode(run(LETTERS.codePoints().toArray(), random.nextInt(LONGEST_RUN)));
            case 5 -> JSON.textNode("AP8+");
            case 6 -> JSON.arrayNode().add(any(depth - 1)).add(any(depth - 1));
            default -> JSON.objectNode().set(run(LETTERS.codePoints().toArray(), 3), any(depth - 1));
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
