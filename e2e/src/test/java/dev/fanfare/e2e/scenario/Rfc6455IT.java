package dev.fanfare.e2e.scenario;

import dev.fanfare.e2e.installation.Fanfare;
import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The gateway keeps to RFC 6455.
class Rfc6455IT extends Rfc6455 {

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of().gateways(1).build();

    @Override
    URI uri() {
        return FANFARE.gateway().webSocket("/ws");
    }
}
