package dev.fanfare.telemetry.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Reads a body up to a limit and hangs up at the first byte beyond it.
///
/// An announced length over the limit is refused before anything is read. The body of an answer that
/// is not 2xx is not read at all: it is empty.
final class BoundedBody implements BodySubscriber<byte[]> {

    /// The body is larger than the limit.
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(int maxBytes) {
            super("the body is larger than " + maxBytes + " bytes");
        }
    }

    private final int maxBytes;
    private final long announcedBytes;
    private final boolean isWanted;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    private BoundedBody(ResponseInfo answer, int maxBytes) {
        this.maxBytes = maxBytes;
        this.announcedBytes =
                answer.headers().firstValueAsLong("Content-Length").orElse(0);
        this.isWanted = answer.statusCode() / 100 == 2;
    }

    static BodyHandler<byte[]> handler(int maxBytes) {
        return answer -> new BoundedBody(answer, maxBytes);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (!isWanted) {
            newSubscription.cancel();
            body.complete(new byte[0]);
        } else if (announcedBytes > maxBytes) {
            refuse(newSubscription);
        } else {
            newSubscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (received.size() + buffer.remaining() > maxBytes) {
                refuse(subscription);
                return;
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            received.writeBytes(part);
        }
    }

    private void refuse(Flow.@Nullable Subscription from) {
        if (from != null) {
            from.cancel();
        }
        body.completeExceptionally(new TooLargeException(maxBytes));
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(received.toByteArray());
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }
}
