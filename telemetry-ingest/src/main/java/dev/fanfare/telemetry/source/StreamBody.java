package dev.fanfare.telemetry.source;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A body without an end, read piece by piece with a limit on the silence between two.
///
/// The next piece is asked for when the one before has been taken, so a reader that is slow, because
/// Redis is, slows the server down and costs no memory. The body of an answer that is not 200 is not read.
final class StreamBody implements BodySubscriber<StreamBody>, AutoCloseable {

    /// What came, or how it ended.
    sealed interface Piece {
        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        /// The end. `failure` says why, and is null when the server ended it as it should.
        record End(@Nullable Throwable failure) implements Piece {}
    }

    private final boolean isWanted;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<StreamBody> opened = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;
    private boolean isAskedFor;

    private StreamBody(ResponseInfo answer) {
        isWanted = answer.statusCode() == 200;
    }

    static BodyHandler<StreamBody> handler() {
        return StreamBody::new;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (!isWanted) {
            newSubscription.cancel();
        }
        opened.complete(this);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece.Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        end(failure);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable failure) {
        pieces.add(new Piece.End(failure));
        opened.complete(this);
    }

    @Override
    public CompletionStage<StreamBody> getBody() {
        return opened;
    }

    /// The next piece, or null when none came for so long. After an end there is nothing more to ask for.
    @Nullable
    Piece next(Duration patience) throws InterruptedException {
        Flow.Subscription from = subscription;
        if (!isAskedFor && from != null) {
            from.request(1);
            isAskedFor = true;
        }
        Piece piece = pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (piece instanceof Piece.Bytes) {
            isAskedFor = false;
        }
        return piece;
    }

    /// Hangs up.
    @Override
    public void close() {
        Flow.Subscription from = subscription;
        if (from != null) {
            from.cancel();
        }
    }
}
