package dev.fanfare.redis.sentinel;

import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;

/// Where one Sentinel says that the primary is, and how new its configuration is.
///
/// All are asked and the newest configuration is believed: a Sentinel that was cut off, or has not heard of a
/// failover yet, goes on to name the old primary, which takes writes until it is told, and loses them. Source:
/// Redis Sentinel documentation, "Configuration epochs".
///
/// Each is asked for `SENTINEL MASTER <name>`, which has the epoch as `config-epoch`, and only then for
/// `SENTINEL GET-MASTER-ADDR-BY-NAME <name>`: an epoch that is too old for the address only counts less. While the
/// Sentinels fail over, `SENTINEL MASTER` has the new epoch and still the old address.
public record SentinelAnswer(long epoch, String host, int port) {

    /// The newest of `answers`, once all of them are there or have failed. Fails when all have.
    ///
    /// @param answers at least one
    public static Future<SentinelAnswer> newest(List<Future<SentinelAnswer>> answers) {
        return Future.join(answers)
                .transform(_ -> answers.stream()
                        .filter(Future::succeeded)
                        .map(Future::result)
                        .max(Comparator.comparingLong(SentinelAnswer::epoch))
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture("no Sentinel answers: "
                                + answers.getFirst().cause().getMessage())));
    }
}
