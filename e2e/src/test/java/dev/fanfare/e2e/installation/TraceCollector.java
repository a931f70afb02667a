package dev.fanfare.e2e.installation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A collector of traces that understands OTLP over HTTP, and keeps what it is sent.
public final class TraceCollector implements AfterAllCallback {

    private final HttpServer server;
    private final List<Step> steps = new CopyOnWriteArrayList<>();

    private TraceCollector(HttpServer server) {
        this.server = server;
    }

    /// One span; ids in hex digits, `parentId` empty for the first of a trace.
    public record Step(String service, String name, String traceId, String spanId, String parentId) {}

    /// Starts it on a free local port.
    public static TraceCollector start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var collector = new TraceCollector(server);
            server.createContext("/v1/traces", collector::take);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The steps of a trace that have come so far.
    public List<Step> stepsOf(String traceId) {
        return steps.stream().filter(step -> step.traceId().equals(traceId)).toList();
    }

    /// Everything that has come so far.
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            // ExportTraceServiceRequest { 1: ResourceSpans }
            new ProtobufMessage(exchange.getRequestBody().readAllBytes())
                    .messages(1)
                    .forEach(this::keep);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /// ResourceSpans { 1: Resource { 1: KeyValue { 1: key, 2: AnyValue { 1: text } } }, 2: ScopeSpans { 2: Span } },
    /// Span { 1: trace id, 2: span id, 4: parent's span id, 5: name }
    private void keep(ProtobufMessage spans) {
        String service = spans.messages(1)
                .flatMap(resource -> resource.messages(1))
                .filter(attribute -> attribute.text(1).equals("service.name"))
                .flatMap(attribute -> attribute.messages(2))
                .map(value -> value.text(1))
                .findFirst()
                .orElse("");
        spans.messages(2)
                .flatMap(scope -> scope.messages(2))
                .map(span -> new Step(service, span.text(5), span.hex(1), span.hex(2), span.hex(4)))
                .forEach(steps::add);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop(0);
    }
}
