package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.failure.ErrorCode;
import jakarta.inject.Singleton;
import org.jboss.resteasy.reactive.RestResponse;

/// Asks the gateways to close connections, for those who may do `admin` on every channel.
@Singleton
final class ConnectionEnding {

    private final Admins admins;
    private final ConnectionRegistry registry;
    private final Answers answers;

    ConnectionEnding(Admins admins, ConnectionRegistry registry, Answers answers) {
        this.admins = admins;
        this.registry = registry;
        this.answers = answers;
    }

    /// Asks, and says so. Blocks: call it on a virtual thread.
    ///
    /// @param value a segment of the path, percent-decoded
    RestResponse<JsonBody> end(HttpExchange exchange, ConnectionEnd.Kind kind, String value) {
        return admins.admit(exchange, "closing connections", () -> end(kind, value, exchange.hasPathParameters()));
    }

    private RestResponse<JsonBody> end(ConnectionEnd.Kind kind, String value, boolean hasPathParameters) {
        if (hasPathParameters) {
            return answers.problem(new Problem(ErrorCode.PARAMETER_INVALID, PublishHead.BARE_SEMICOLON));
        }
        if (!ConnectionEnd.isValid(value)) {
            return answers.problem(new Problem(
                    ErrorCode.PARAMETER_INVALID, "a " + kind.word() + " is named by 1 to 255 characters, no controls"));
        }
        return answers.accepted(new ConnectionEndReceipt(BrokerAnswer.await(registry.end(kind, value))));
    }
}
