package dev.fanfare.telemetry.source;

import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Sorts what the HTTP client and the parsers throw into kinds of failure.
final class Failures {

    private Failures() {}

    static Failed of(@Nullable Throwable cause) {
        return switch (cause) {
            case BoundedBody.TooLargeException e -> new Failed(FetchFailure.TOO_LARGE, firstLine(e));
            case HttpTimeoutException e -> new Failed(FetchFailure.TIMEOUT, firstLine(e));
            case ConnectException e -> new Failed(FetchFailure.UNREACHABLE, unreachable(e));
            case SSLException e -> new Failed(FetchFailure.UNREACHABLE, firstLine(e));
            case IOException e -> new Failed(FetchFailure.BROKEN, firstLine(e));
            case null, default -> new Failed(FetchFailure.INTERNAL, String.valueOf(cause));
        };
    }

    /// The failure that an answer's status is, when it is not 2xx.
    static Failed ofStatus(int status) {
        return switch (status) {
            case 304 -> new Failed(FetchFailure.STATUS, "status 304, although nothing was asked for by its tag");
            default ->
                status / 100 == 3
                        ? new Failed(FetchFailure.REDIRECT, "a redirect that is not followed, status " + status)
                        : new Failed(FetchFailure.STATUS, "status " + status);
        };
    }

    /// The client's exception has no message when the name is unknown or the port is closed.
    private static String unreachable(ConnectException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host name is unknown";
            }
        }
        return failure.getMessage() == null ? "the connection was refused" : firstLine(failure);
    }

    /// A parser's message goes on with a quotation of the document, which does not belong in a log.
    static String firstLine(IOException failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
