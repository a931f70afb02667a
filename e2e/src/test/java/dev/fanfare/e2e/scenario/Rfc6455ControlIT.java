package dev.fanfare.e2e.scenario;

import dev.fanfare.e2e.installation.NodeProgram;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The tests of the protocol are right: the `ws` package of Node passes them too.
class Rfc6455ControlIT extends Rfc6455 {

    private static NodeProgram control;
    private static URI address;

    @BeforeAll
    static void start() {
        control = NodeProgram.start("tutorial-client", "rfc6455-control", Map.of(), "control.mjs");
        address = URI.create("ws://127.0.0.1:"
                + control.awaitLines(1, Duration.ofSeconds(20)).getFirst().strip());
    }

    @AfterAll
    static void stop() {
        control.close();
    }

    @Override
    URI uri() {
        return URI.create(address + "/");
    }
}
