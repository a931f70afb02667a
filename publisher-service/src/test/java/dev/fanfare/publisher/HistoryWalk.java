package dev.fanfare.publisher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanfare.publisher.http.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a caller sees that reads history from the first page to the last.
///
/// @param top where the channel ended when the first page was read, or -1 when no page was
/// @param sizes how many messages each page had that was read
/// @param end the status with which it ended
record HistoryWalk(Query query, List<Seen> messages, long top, List<Integer> sizes, int end) {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_LIMIT = 60;

    /// A message, as far as it matters here.
    record Seen(long offset, long timestamp) {}

    /// What is asked for; a bound that is null is left out.
    record Query(
            String channel,
            boolean isForwards,
            int limit,
            @Nullable String epoch,
            @Nullable Long from,
            @Nullable Long to,
            @Nullable Long start,
            @Nullable Long end) {

        /// All of `channel`, in a direction and in pages of a size that chance decides.
        static Query unbounded(String channel, Random random) {
            return new Query(
                    channel, random.nextBoolean(), 1 + random.nextInt(LARGEST_LIMIT), null, null, null, null, null);
        }

        /// With positions and, if `isTimed`, times of messages that are there now, each with even chances.
        static Query bounded(String channel, Random random, boolean isTimed) throws IOException {
            Query query = unbounded(channel, random);
            JsonNode page = JSON.readTree(
                    Api.get("/v1/channels/" + channel + "/messages?limit=1000").body());
            JsonNode messages = page.at("/messages");
            long one =
                    messages.get(random.nextInt(messages.size())).at("/offset").asLong();
            long other =
                    messages.get(random.nextInt(messages.size())).at("/offset").asLong();
            long early = messages.get(random.nextInt(messages.size()))
                    .at("/timestamp")
                    .asLong();
            long late = messages.get(random.nextInt(messages.size()))
                    .at("/timestamp")
                    .asLong();
            return new Query(
                    channel,
                    query.isForwards(),
                    query.limit(),
                    page.at("/position/epoch").asText(),
                    random.nextBoolean() ? Math.min(one, other) : null,
                    random.nextBoolean() ? Math.max(one, other) : null,
                    isTimed && random.nextBoolean() ? Math.min(early, late) : null,
                    isTimed && random.nextBoolean() ? Math.max(early, late) : null);
        }

        String address() {
            var address = new StringBuilder("/v1/channels/" + channel + "/messages?direction="
                    + (isForwards ? "forwards" : "backwards") + "&limit=" + limit);
            append(address, "&from=" + epoch + ":", from);
            append(address, "&to=" + epoch + ":", to);
            append(address, "&start=", start);
            append(address, "&end=", end);
            return address.toString();
        }

        private static void append(StringBuilder address, String name, @Nullable Long value) {
            if (value != null) {
                address.append(name).append(value);
            }
        }

        /// Whether it asks for `message`, in a channel that ended at `top`.
        boolean wants(Seen message, long top) {
            return (from == null || message.offset() > from)
                    && message.offset() <= (to == null ? top : Math.min(to, top))
                    && (start == null || message.timestamp() >= start)
                    && (end == null || message.timestamp() <= end);
        }
    }

    /// Reads all pages of `query`, from the link of one to the next.
    static HistoryWalk of(Query query) throws IOException {
        List<Seen> messages = new ArrayList<>();
        long top = -1;
        List<Integer> sizes = new ArrayList<>();
        String address = query.address();
        while (address != null) {
            HttpResponse<String> answer = Api.get(address);
            if (answer.statusCode() != 200) {
                return new HistoryWalk(query, messages, top, sizes, answer.statusCode());
            }
            JsonNode page = JSON.readTree(answer.body());
            page.at("/messages")
                    .forEach(message -> messages.add(new Seen(
                            message.at("/offset").asLong(),
                            message.at("/timestamp").asLong())));
            top = sizes.isEmpty() ? page.at("/position/offset").asLong() : top;
            sizes.add(page.at("/messages").size());
            address = next(address, answer);
        }
        return new HistoryWalk(query, messages, top, sizes, 200);
    }

    /// Where the `Link` of `answer`, which came from `address`, leads.
    static @Nullable String next(String address, HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Link")
                .map(NEXT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> URI.create(address).resolve(matcher.group(1)).toString())
                .orElse(null);
    }

    List<Long> offsets() {
        return messages.stream().map(Seen::offset).toList();
    }

    int pages() {
        return sizes.size();
    }

    /// Whether no page has more messages than were asked for.
    boolean isWithinItsLimit() {
        return sizes.stream().allMatch(size -> size <= query.limit());
    }

    /// Whether there are no more pages than it takes: each is full but the last one, which has something unless it is
    /// the only one. With times pages may have fewer messages.
    boolean hasNoNeedlessPage() {
        if (query.start() != null || query.end() != null) {
            return true;
        }
        boolean areFull = sizes.subList(0, sizes.size() - 1).stream().allMatch(size -> size == query.limit());
        return areFull && (sizes.size() == 1 || sizes.getLast() > 0);
    }

    /// Whether each message stands right behind the one before, in the direction of the walk.
    boolean isContiguous() {
        List<Long> offsets = offsets();
        long step = query.isForwards() ? 1 : -1;
        for (int i = 1; i < offsets.size(); i++) {
            if (offsets.get(i) - offsets.get(i - 1) != step) {
                return false;
            }
        }
        return true;
    }

    /// What it has to see if nothing is dropped meanwhile: those of `all`, from the oldest, that the query asks for.
    List<Long> expected(List<Seen> all) {
        List<Long> wanted = all.stream()
                .filter(message -> query.wants(message, top))
                .map(Seen::offset)
                .toList();
        return query.isForwards() ? wanted : wanted.reversed();
    }
}
