package dev.fanfare.messaging.read;

import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.HistoryPage;
import dev.fanfare.contract.broker.HistorySlice.Reason;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Reads the past of channels page by page.
///
/// The next page begins where this one ended, by its offset, so that pages repeat nothing and leave nothing out
/// while publishing goes on. The first page fixes the end of them all.
@Singleton
@Startup
public final class HistoryPages {

    private static final long SMALLEST_PAGE_BYTES = 1 << 10;
    private static final long LARGEST_PAGE_BYTES = 16 << 20;

    private final ChannelHistory history;
    private final int maxPageBytes;

    HistoryPages(ChannelHistory history, ReadConfig config) {
        long bytes = config.maxPageBytes().asLongValue();
        if (bytes < SMALLEST_PAGE_BYTES || bytes > LARGEST_PAGE_BYTES) {
            throw new IllegalArgumentException("fanfare.read.max-page-bytes is 1K to 16M but is " + bytes);
        }
        this.history = history;
        this.maxPageBytes = (int) bytes;
    }

    /// Reads the first page of `query`. Blocks: call it on a virtual thread.
    ///
    /// @throws FanfareException with `BROKER_UNAVAILABLE` when Redis did not answer before the broker's deadline
    public PageReading read(HistoryQuery query) {
        return readingOf(query, BrokerAnswer.await(history.page(query.channel(), query.toRequest(maxPageBytes))));
    }

    /// Reads the first page of `query`. Never blocks.
    ///
    /// @param maxBytes most bytes of the page's stored messages, if that is less than the instance's limit; from 1
    /// @return completes, on a thread of the broker, with what [#read] would have returned, or fails with what it
    ///     would have thrown
    public CompletableFuture<PageReading> start(HistoryQuery query, int maxBytes) {
        return history.page(query.channel(), query.toRequest(Math.min(maxBytes, maxPageBytes)))
                .thenApply(page -> readingOf(query, page));
    }

    private static PageReading readingOf(HistoryQuery query, HistoryPage page) {
        return switch (page) {
            case HistoryPage.Unreadable unreadable -> new PageReading.Unreadable(unreadable.reason());
            case HistoryPage.Unknown _ ->
                query.after() == null && query.upTo() == null
                        ? new PageReading.Page(null, List.of(), null)
                        : new PageReading.Unreadable(Reason.EPOCH_CHANGED);
            case HistoryPage.Found found -> pageOf(query, found);
        };
    }

    private static PageReading.Page pageOf(HistoryQuery query, HistoryPage.Found found) {
        StreamPosition top = found.top().position();
        List<Publication> wanted = new ArrayList<>();
        StreamPosition last = null;
        for (Publication next : found.publications()) {
            if (wanted.size() == query.limit()) {
                // More was read than is wanted, because of the times.
                return new PageReading.Page(top, wanted, query.behind(last == null ? top : last, top));
            }
            if (query.isWanted(next.message())) {
                wanted.add(next);
            }
            last = next.position();
        }
        return new PageReading.Page(top, wanted, found.isEnd() || last == null ? null : query.behind(last, top));
    }
}
