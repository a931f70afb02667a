package dev.fanfare.redis.script;

import io.vertx.redis.client.Response;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// What a script replied: a list, or one number.
///
/// A reply that is not as the head of the script says is a fault of ours, thrown as
/// `IllegalStateException`.
public final class ScriptReply implements Iterable<ScriptReply> {

    private final Response response;

    private ScriptReply(Response response) {
        this.response = response;
    }

    static ScriptReply of(@Nullable Response response) {
        if (response == null) {
            throw new IllegalStateException("Redis replied nothing where something is expected");
        }
        return new ScriptReply(response);
    }

    /// Number of elements of a list.
    public int size() {
        return response.size();
    }

    /// The element at `index` of a list.
    public ScriptReply get(int index) {
        return of(response.get(index));
    }

    public long number() {
        Long number = response.toLong();
        if (number == null) {
            throw new IllegalStateException("Redis replied " + response + " where a number is expected");
        }
        return number;
    }

    public String text() {
        return response.toString();
    }

    public byte[] bytes() {
        return response.toBytes();
    }

    @Override
    public Iterator<ScriptReply> iterator() {
        Iterator<Response> elements = response.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return elements.hasNext();
            }

            @Override
            public ScriptReply next() {
                return of(elements.next());
            }
        };
    }
}
