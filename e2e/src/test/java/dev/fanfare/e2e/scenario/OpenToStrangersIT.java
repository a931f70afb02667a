package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An installation that is open to strangers, as all are that have no settings of their own here.
class OpenToStrangersIT {

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of().gateways(1).publishers(1).build();

    @Test
    void bothServices_warnAtTheStartOfWhatStrangersMayDo() {
        for (Service service : new Service[] {Service.GATEWAY, Service.PUBLISHER}) {
            assertThat(FANFARE.all(service).getFirst().log().lines())
                    .as(service.module())
                    .anySatisfy(line -> assertThat(line)
                            .contains(" WARN ", "whoever reaches this service may, without a token, do {\"*\":["));
        }
    }
}
