package dev.fanfare.access.wiring;

import dev.fanfare.contract.broker.BudgetLedger;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.testkit.InMemoryBroker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// What every application with this module brings along.
@Singleton
final class ApplicationParts {

    @Produces
    @Singleton
    MeterRegistry registry() {
        return new SimpleMeterRegistry();
    }

    @Produces
    @Singleton
    BudgetLedger ledger() {
        return new InMemoryBroker(new ChannelRules(List.of()), Clock.systemUTC(), Duration.ofMinutes(5));
    }
}
