package dev.fanfare.testkit;

import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Listens to a WebSocket for text messages, each as a whole, and for its end.
///
/// Called by one thread at a time.
public abstract class WholeTexts implements WebSocket.Listener {

    /// The code of a connection that ended without a close frame.
    public static final int NO_CLOSE_FRAME = 1006;

    private final StringBuilder partial = new StringBuilder();

    protected abstract void onWhole(String text);

    /// The connection has ended; nothing comes any more.
    ///
    /// @param code of the close frame, or [#NO_CLOSE_FRAME]
    protected abstract void onEnd(int code, String reason);

    @Override
    public final @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String text = partial.toString();
            partial.setLength(0);
            onWhole(text);
        }
        socket.request(1);
        return null;
    }

    @Override
    public final @Nullable CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
        onEnd(statusCode, reason);
        return null;
    }

    @Override
    public final void onError(WebSocket socket, Throwable error) {
        onEnd(NO_CLOSE_FRAME, String.valueOf(error.getMessage()));
    }
}
