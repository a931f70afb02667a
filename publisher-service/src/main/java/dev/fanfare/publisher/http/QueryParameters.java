package dev.fanfare.publisher.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The query of a request, strictly: what is not known is refused by name, and so is what is given twice.
final class QueryParameters {

    private QueryParameters() {}

    /// Gives each parameter to `taken`, or what is wrong with it to `refused`.
    ///
    /// @param known the parameters that there are
    static void forEach(
            Map<String, List<String>> query,
            Set<String> known,
            BiConsumer<String, String> taken,
            Consumer<String> refused) {
        query.forEach((name, values) -> {
            if (!known.contains(name)) {
                refused.accept("there is no query parameter " + DraftFields.quoted(name));
            } else if (values.size() > 1) {
                refused.accept("\"" + name + "\" is given more than once");
            } else {
                taken.accept(name, values.getFirst());
            }
        });
    }
}
