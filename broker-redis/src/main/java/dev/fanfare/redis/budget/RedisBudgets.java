package dev.fanfare.redis.budget;

import dev.fanfare.contract.broker.BudgetLedger;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Budgets by the clock of Redis, one key for each, which ends when nothing of it is spent any more.
public final class RedisBudgets implements BudgetLedger {

    private final ScriptRunner scripts;
    private final RedisKeys keys;

    public RedisBudgets(ScriptRunner scripts, RedisKeys keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    @Override
    public CompletableFuture<Duration> spend(String budget, Duration cost) {
        BudgetLedger.checkCost(cost);
        long micros = TimeUnit.NANOSECONDS.toMicros(cost.toNanos());
        return scripts.run(LuaScript.BUDGET_SPEND, List.of(keys.budget(budget)), List.of(micros))
                .thenApply(reply -> Duration.of(reply.number(), ChronoUnit.MICROS));
    }
}
