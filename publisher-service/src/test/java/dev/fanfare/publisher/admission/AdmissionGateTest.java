package dev.fanfare.publisher.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.publisher.publish.Draft;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionGateTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final AdmissionMetrics metrics = new AdmissionMetrics(registry);

    @Test
    void fullGate_admitsNobodyUntilAPlaceIsGivenBack() {
        // Given
        AdmissionGate gate = gate("max-in-flight", "2");
        Place first = gate.enter().orElseThrow();
        Optional<Place> second = gate.enter();

        // When
        Optional<Place> whileFull = gate.enter();
        first.close();
        Optional<Place> afterwards = gate.enter();

        // Then
        assertThat(second).isPresent();
        assertThat(whileFull).isEmpty();
        assertThat(afterwards).isPresent();
        assertThat(registry.get("fanfare.publisher.in.flight").gauge().value()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"8, true", "9, false"})
    void dataUpToTheLimit_isAdmitted(int quotedBytes, boolean isAdmitted) {
        // Given
        AdmissionGate gate = gate("max-message-bytes", "8");
        var draft = new Draft(new Channel("a"), RawJson.ofString("x".repeat(quotedBytes - 2)), null, null, null);

        // When
        Admission admission = gate.admit(draft);

        // Then
        assertThat(admission)
                .isEqualTo(isAdmitted ? new Admission.Admitted(draft) : new Admission.TooLarge(quotedBytes, 8));
    }

    @Test
    void body_mayBeLongerThanTheDataByItsOtherFields() {
        // When, Then
        assertThat(gate("max-message-bytes", "1K").maxBodyBytes()).isEqualTo(1024 + 4096);
    }

    @ParameterizedTest
    @CsvSource({"max-message-bytes, 0", "max-message-bytes, 16777217", "max-in-flight, 0", "max-in-flight, -1"})
    void limitOutOfRange_isRefusedByName(String property, String value) {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate(property, value))
                .withMessageContaining("fanfare.publisher.admission." + property);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admitted", "malformed", "too-large", "overloaded"})
    void outcome_isCountedFromZero(String outcome) {
        // When, Then
        assertThat(count(outcome)).isZero();
    }

    @Test
    void refusals_areCountedByKind() {
        // When
        metrics.admitted();
        metrics.refused(ErrorCode.MESSAGE_TOO_LARGE);
        metrics.refused(ErrorCode.OVERLOADED);
        metrics.refused(ErrorCode.BODY_INVALID);
        metrics.refused(ErrorCode.CHANNEL_INVALID);

        // Then
        assertThat(count("admitted")).isEqualTo(1);
        assertThat(count("too-large")).isEqualTo(1);
        assertThat(count("overloaded")).isEqualTo(1);
        assertThat(count("malformed")).isEqualTo(2);
    }

    private double count(String outcome) {
        return registry.get("fanfare.publisher.admissions")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private AdmissionGate gate(String property, String value) {
        return new AdmissionGate(
                AdmissionConfigTest.config(Map.of("fanfare.publisher.admission." + property, value)), metrics);
    }
}
