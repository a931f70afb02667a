package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.publisher.http.OpenApiDocument.Operation;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/// Makes requests of a document, and says of each what the document says of it: by the schemas of parameters and
/// bodies, and by a few rules that stand in descriptions because no schema can tell them.
final class DocumentedRequests {

    private static final String JSON_TYPE = "application/json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonMapper ASCII_JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature())
            .build();

    /// What the document says of a request.
    enum Verdict {
        /// It is not refused for what it says.
        ALLOWED(0),
        /// It is refused.
        FORBIDDEN(0),
        /// It is refused with this status.
        METHOD_FORBIDDEN(405),
        TYPE_NOT_SERVED(406),
        TYPE_NOT_TAKEN(415),
        /// Nothing.
        OPEN(0);

        private final int status;

        Verdict(int status) {
            this.status = status;
        }

        boolean fits(int answered) {
            return switch (this) {
                // 404, 409, 410, 413, 422 and the like are about what is there, or about limits.
                case ALLOWED -> answered != 400 && answered != 405 && answered != 406 && answered != 415;
                case FORBIDDEN -> answered / 100 == 4;
                case METHOD_FORBIDDEN, TYPE_NOT_SERVED, TYPE_NOT_TAKEN -> answered == status;
                case OPEN -> true;
            };
        }
    }

    /// What is wrong with a request, if anything is.
    private sealed interface Fault {
        record None() implements Fault {}

        record Parameter(String name) implements Fault {}

        record Repeated(String name) implements Fault {}

        record Unknown() implements Fault {}

        record Body() implements Fault {}

        record Text() implements Fault {}

        record ContentType() implements Fault {}

        record Accept() implements Fault {}

        record Method() implements Fault {}
    }

    /// A request as it is sent.
    ///
    /// @param items for a batch, whether each message is allowed; else empty
    record Sent(
            Operation operation,
            String address,
            String type,
            String body,
            Verdict verdict,
            List<Boolean> items,
            HttpRequest.Builder request) {

        @Override
        public String toString() {
            return verdict + " " + operation + " " + address + " " + type + " " + body;
        }
    }

    private final OpenApiDocument document;
    private final SchemaValues values;
    private final Random random;
    private final Function<String, Optional<String>> known;

    /// @param known values that are there, by the name of a parameter or of its schema
    DocumentedRequests(OpenApiDocument document, long seed, Function<String, Optional<String>> known) {
        this.document = document;
        this.values = new SchemaValues(document, seed);
        this.random = values.random();
        this.known = known;
    }

    /// A request that is as the document has it.
    Sent valid(Operation operation, String type) {
        return new Draft(operation, type, new Fault.None()).toSent();
    }

    /// A request with one thing that may be wrong.
    Sent nearlyValid(Operation operation, String type) {
        List<Fault> faults = new ArrayList<>(List.of(new Fault.Accept(), new Fault.Method(), new Fault.Unknown()));
        for (JsonNode reference : operation.node().path("parameters")) {
            String name = document.resolved(reference).get("name").asText();
            faults.add(new Fault.Parameter(name));
            faults.add(new Fault.Parameter(name));
            if (document.resolved(reference).get("in").asText().equals("query")) {
                faults.add(new Fault.Repeated(name));
            }
        }
        if (!type.isEmpty()) {
            faults.add(new Fault.ContentType());
            for (int i = faults.size(); i > 0; i--) {
                faults.add(new Fault.Body());
            }
        }
        if (type.equals(JSON_TYPE)) {
            faults.add(new Fault.Text());
        }
        return new Draft(operation, type, faults.get(random.nextInt(faults.size()))).toSent();
    }

    /// An example of the document; `body` is missing for none.
    Sent example(Operation operation, String type, JsonNode body) {
        String address = operation.path();
        for (JsonNode reference : operation.node().path("parameters")) {
            JsonNode parameter = document.resolved(reference);
            if (parameter.get("in").asText().equals("path")) {
                address = address.replace(
                        "{" + parameter.get("name").asText() + "}",
                        encoded(parameter.get("example").asText()));
            }
        }
        String text = body.isMissingNode() ? "" : type.equals(JSON_TYPE) ? body.toString() : body.asText();
        HttpRequest.Builder request = HttpRequest.newBuilder(Api.address(address))
                .method(operation.method().toUpperCase(Locale.ROOT), BodyPublishers.ofString(text));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return new Sent(operation, address, type, text, Verdict.ALLOWED, List.of(), request);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    private static String plain(JsonNode value) {
        return value.isBigDecimal() ? value.decimalValue().toBigInteger().toString() : value.asText(value.toString());
    }

    /// A request in the making.
    private final class Draft {

        private final Operation operation;
        private final String type;
        private final Fault fault;
        private final HttpRequest.Builder request = HttpRequest.newBuilder();
        private final StringBuilder query = new StringBuilder();
        private final Map<String, String> taken = new HashMap<>();
        private final List<Boolean> items = new ArrayList<>();
        private String path;
        private Verdict verdict = Verdict.ALLOWED;

        Draft(Operation operation, String type, Fault fault) {
            this.operation = operation;
            this.type = type;
            this.fault = fault;
            this.path = operation.path();
        }

        Sent toSent() {
            for (JsonNode reference : operation.node().path("parameters")) {
                addParameter(document.resolved(reference));
            }
            if (areBoundsApart()) {
                forbid();
            }
            String text = type.isEmpty() ? "" : body();
            String contentType = type;
            String method = operation.method();
            switch (fault) {
                case Fault.Unknown _ -> {
                    addToQuery("unknown", "1");
                    verdict = Verdict.OPEN;
                }
                case Fault.ContentType _ -> {
                    contentType = "application/xml";
                    verdict = verdict == Verdict.ALLOWED ? Verdict.TYPE_NOT_TAKEN : verdict;
                }
                case Fault.Accept _ -> {
                    request.header("Accept", "text/html");
                    verdict = Verdict.TYPE_NOT_SERVED;
                }
                case Fault.Method _ -> {
                    method = hasDelete() ? "put" : "delete";
                    verdict = Verdict.METHOD_FORBIDDEN;
                }
                default -> {
                    if (random.nextBoolean()) {
                        request.header("Accept", JSON_TYPE);
                    }
                }
            }
            if (!contentType.isEmpty()) {
                request.header("Content-Type", contentType);
            }
            request.uri(Api.address(path + query))
                    .method(method.toUpperCase(Locale.ROOT), BodyPublishers.ofString(text));
            return new Sent(operation, path + query, contentType, text, verdict, List.copyOf(items), request);
        }

        private void forbid() {
            verdict = Verdict.FORBIDDEN;
        }

        private boolean hasDelete() {
            return document.root().at("/paths").path(operation.path()).has("delete");
        }

        private void addParameter(JsonNode parameter) {
            String name = parameter.get("name").asText();
            boolean isFaulty = fault.equals(new Fault.Parameter(name));
            boolean isRepeated = fault.equals(new Fault.Repeated(name));
            Optional<String> value =
                    isFaulty ? Optional.of(plain(values.nearlyValid(parameter.get("schema")))) : good(parameter);
            boolean isWanted = isFaulty || isRepeated || random.nextInt(4) == 0;
            switch (parameter.get("in").asText()) {
                case "path" -> {
                    String segment = segment(value.orElseThrow());
                    path = path.replace("{" + name + "}", encoded(segment));
                    judge(parameter, segment);
                }
                case "query" -> {
                    if (value.isPresent() && isWanted && (isFaulty || isTaken(parameter))) {
                        addToQuery(name, value.get());
                        judge(parameter, value.get());
                    }
                    if (value.isPresent() && isRepeated) {
                        addToQuery(name, value.get());
                        forbid();
                    }
                }
                default -> {
                    if (isWanted) {
                        // HTTP does not count white space around a value.
                        String text =
                                value.orElseThrow().replaceAll("[^ -~]", "a").strip();
                        request.header(name, text);
                        judge(parameter, text);
                    }
                }
            }
        }

        /// One that is there, every other time; empty if it has to be there, and is not.
        private Optional<String> good(JsonNode parameter) {
            Optional<String> there = known.apply(
                            operation + " " + parameter.get("name").asText())
                    .or(() -> known.apply(parameter.at("/schema/$ref").asText()))
                    .or(() -> Optional.ofNullable(parameter.get("example")).map(JsonNode::asText));
            return isOpaque(parameter) || (there.isPresent() && random.nextBoolean())
                    ? there
                    : Optional.of(plain(values.valid(parameter.get("schema"))));
        }

        private void judge(JsonNode parameter, String value) {
            String name = parameter.get("name").asText();
            taken.put(name, value);
            JsonNode schema = parameter.get("schema");
            boolean isInteger = document.resolved(schema).path("type").asText().equals("integer");
            JsonNode node = isInteger && value.matches("-?[0-9]+")
                    ? JsonNodeFactory.instance.numberNode(new BigInteger(value))
                    : JsonNodeFactory.instance.textNode(value);
            if (!document.allows(schema, node) || !isTaken(parameter)) {
                forbid();
            } else if (isOpaque(parameter) && fault.equals(new Fault.Parameter(name)) && verdict == Verdict.ALLOWED) {
                verdict = Verdict.OPEN;
            }
        }

        private void addToQuery(String name, String value) {
            query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encoded(value));
        }

        /// Only what an answer gave is one, and no pattern says what that is.
        private static boolean isOpaque(JsonNode parameter) {
            return parameter.get("name").asText().equals("cursor")
                    && !parameter.get("schema").has("pattern");
        }

        /// `id`, `name` and `clientId` of the address are for other bodies than JSON.
        private boolean isTaken(JsonNode parameter) {
            return !parameter.path("description").asText().contains("Not with a JSON body") || !type.equals(JSON_TYPE);
        }

        /// What has no address is not addressed.
        private static String segment(String value) {
            return value.isEmpty() || value.equals(".") || value.equals("..") ? "x" : value;
        }

        private boolean areBoundsApart() {
            Optional<StreamPosition> from = position("from");
            Optional<StreamPosition> to = position("to");
            boolean arePositionsApart = from.isPresent()
                    && to.isPresent()
                    && (!from.get().isSameEpochAs(to.get())
                            || from.get().offset() > to.get().offset());
            return arePositionsApart
                    || (taken.containsKey("start")
                            && taken.containsKey("end")
                            && verdict == Verdict.ALLOWED
                            && Long.parseLong(taken.get("start")) > Long.parseLong(taken.get("end")));
        }

        private Optional<StreamPosition> position(String name) {
            return Optional.ofNullable(taken.get(name)).flatMap(StreamPosition::parse);
        }

        private String body() {
            JsonNode schema =
                    operation.node().at("/requestBody/content").path(type).path("schema");
            JsonNode value = fault instanceof Fault.Body ? values.nearlyValid(schema) : values.valid(schema);
            if (!type.equals(JSON_TYPE)) {
                String text = plain(value);
                if (!document.allows(schema, JsonNodeFactory.instance.textNode(text))) {
                    forbid();
                }
                return text;
            }
            String text = fault instanceof Fault.Text ? broken(written(value)) : written(value);
            try {
                judge(schema, JSON.readTree(text));
            } catch (JsonProcessingException _) {
                forbid();
            }
            return text;
        }

        private void judge(JsonNode schema, JsonNode value) {
            // Of a batch each message is taken or refused for itself.
            boolean isBatch = operation.toString().equals("publishBatch") && value.isArray() && !value.isEmpty();
            if (isBatch) {
                value.forEach(item -> items.add(document.allows(schema.get("items"), item)));
            } else if (value.isMissingNode() || !document.allows(schema, value)) {
                forbid();
            }
        }

        private String written(JsonNode value) {
            try {
                return random.nextBoolean() ? value.toString() : ASCII_JSON.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        private String broken(String text) {
            return switch (random.nextInt(5)) {
                case 0 -> "";
                case 1 -> text + text;
                case 2 -> text + ",";
                case 3 -> text.replace('"', '\'');
                default -> text.substring(0, random.nextInt(text.length()));
            };
        }
    }
}
