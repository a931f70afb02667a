package dev.fanfare.access.limit;

import static java.util.Objects.requireNonNull;

import dev.fanfare.contract.broker.BudgetLedger;
import dev.fanfare.contract.failure.ErrorCode;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Says when somebody has done too much of something lately, on whichever instance. Any thread; never blocks.
///
@Singleton
@Startup
public final class Limits {

    private final Map<Limit, SharedBudgets> budgets = new EnumMap<>(Limit.class);
    private final LimitMetrics metrics;

    @Inject
    public Limits(LimitsConfig config, BudgetLedger ledger, LimitMetrics metrics) {
        this(config, ledger, metrics, System::nanoTime);
    }

    /// @throws IllegalArgumentException if something in `config` is out of range; it names the property
    Limits(LimitsConfig config, BudgetLedger ledger, LimitMetrics metrics, LongSupplier nanoTime) {
        this.metrics = metrics;
        for (Limit limit : Limit.values()) {
            budgets.put(limit, new SharedBudgets(limit.word(), rate(limit, config), ledger, metrics, nanoTime));
        }
    }

    private static Rate rate(Limit limit, LimitsConfig config) {
        try {
            return switch (limit) {
                case PUBLISHES_PER_SUBJECT -> new Rate(config.publishesPerSubject(), config.publishesPerSubjectBurst());
                case PUBLISHES_PER_KEY -> new Rate(config.publishesPerKey(), config.publishesPerKeyBurst());
                case PUBLISHES_PER_ADDRESS -> new Rate(config.publishesPerAddress(), config.publishesPerAddressBurst());
                case TOKENS_PER_KEY -> new Rate(config.tokensPerKey(), config.tokensPerKeyBurst());
                case FAILURES_PER_ADDRESS -> new Rate(config.failuresPerAddress(), config.failuresPerAddressBurst());
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("fanfare.access.limits." + limit.word() + " " + e.getMessage(), e);
        }
    }

    /// Lets `who` publish so many messages, unless they have published too much; then nothing is counted. Who may
    /// publish one more may publish all of a request.
    ///
    /// @param messages at least 1
    public Optional<Excess> publish(Spender who, int messages) {
        Map<Limit, String> counted = publishLimits(who);
        Optional<Excess> excess = excess(counted);
        if (excess.isEmpty()) {
            counted.forEach((limit, name) -> budgetsOf(limit).spend(name, messages));
        }
        return excess;
    }

    private static Map<Limit, String> publishLimits(Spender who) {
        return switch (who) {
            case Spender.Stranger(String address) -> Map.of(Limit.PUBLISHES_PER_ADDRESS, address);
            case Spender.Backend(String key) -> Map.of(Limit.PUBLISHES_PER_KEY, key);
            case Spender.Known(String subject, String key)
            when key == null -> Map.of(Limit.PUBLISHES_PER_SUBJECT, subject);
            case Spender.Known(String subject, String key) ->
                Map.of(Limit.PUBLISHES_PER_SUBJECT, subject, Limit.PUBLISHES_PER_KEY, key);
        };
    }

    /// Lets a token be issued for the API key of this id, unless too many were; then nothing is counted.
    public Optional<Excess> issue(String key) {
        Optional<Excess> excess = excess(Map.of(Limit.TOKENS_PER_KEY, key));
        if (excess.isEmpty()) {
            budgetsOf(Limit.TOKENS_PER_KEY).spend(key, 1);
        }
        return excess;
    }

    /// Whether so many credentials from `address` were no good that none is to be looked at now.
    public Optional<Excess> failures(String address) {
        return excess(Map.of(Limit.FAILURES_PER_ADDRESS, address));
    }

    /// A credential from `address` was refused with `code`.
    public void refused(String address, ErrorCode code) {
        if (isGuess(code)) {
            budgetsOf(Limit.FAILURES_PER_ADDRESS).spend(address, 1);
        }
    }

    /// Whether what was refused with `code` may have been made up. What bears the signature of a key that is trusted
    /// was
    /// issued by somebody, and one who comes with it after its end, as all do after a night, guesses nothing.
    private static boolean isGuess(ErrorCode code) {
        return switch (code) {
            case TOKEN_MALFORMED,
                    TOKEN_TOO_LONG,
                    TOKEN_ISSUER_UNKNOWN,
                    TOKEN_ALGORITHM_REFUSED,
                    TOKEN_KEY_UNKNOWN,
                    TOKEN_SIGNATURE_INVALID,
                    API_KEY_INVALID -> true;
            default -> false;
        };
    }

    private Optional<Excess> excess(Map<Limit, String> who) {
        Excess longest = null;
        for (Map.Entry<Limit, String> each : who.entrySet()) {
            Limit limit = each.getKey();
            Duration pause = Duration.ofNanos(budgetsOf(limit).waits(each.getValue()));
            if (pause.isPositive()) {
                metrics.exceeded(limit);
                if (longest == null || pause.compareTo(longest.pause()) > 0) {
                    longest = new Excess(limit.code(), limit.text(), pause);
                }
            }
        }
        return Optional.ofNullable(longest);
    }

    private SharedBudgets budgetsOf(Limit limit) {
        return requireNonNull(budgets.get(limit));
    }
}
