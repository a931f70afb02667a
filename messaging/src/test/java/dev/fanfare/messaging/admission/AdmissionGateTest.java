package dev.fanfare.messaging.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.messaging.publish.Draft;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
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
        assertThat(registry.get("fanfare.publish.in.flight").gauge().value()).isEqualTo(2);
    }

    @Test
    void reads_haveTheirOwnPlaces() {
        // Given
        AdmissionGate gate = gate("max-reads-in-flight", "1");
        Place first = gate.enterRead().orElseThrow();

        // When
        Optional<Place> whileFull = gate.enterRead();
        Optional<Place> publish = gate.enter();
        first.close();

        // Then
        assertThat(whileFull).isEmpty();
        assertThat(publish).isPresent();
        assertThat(gate.enterRead()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"8, true", "9, false"})
    void dataUpToTheLimit_isAdmitted(int quotedBytes, boolean isAdmitted) {
        // Given
        AdmissionGate gate = gate("max-message-bytes", "8");
        Draft draft = draft(quotedBytes);
        Draft small = draft(3);

        // When
        Admission alone = gate.admit(List.of(draft));
        Admission second = gate.admit(List.of(small, draft));

        // Then
        assertThat(alone).isEqualTo(isAdmitted ? new Admission.Admitted() : new Admission.TooLarge(0, quotedBytes, 8));
        assertThat(second).isEqualTo(isAdmitted ? new Admission.Admitted() : new Admission.TooLarge(1, quotedBytes, 8));
    }

    @Test
    void extras_countAsData() throws IOException {
        // Given
        AdmissionGate gate = gate("max-message-bytes", "8");
        RawJson extras = RawJson.parse("{\"a\":1}".getBytes(UTF_8));
        var draft = new Draft(new Channel("a"), RawJson.ofString(""), null, null, null, null, extras);

        // When, Then
        assertThat(gate.admit(List.of(draft))).isEqualTo(new Admission.TooLarge(0, 9, 8));
    }

    @ParameterizedTest
    @CsvSource({"3, true", "4, false"})
    void messagesUpToTheLimit_areAdmitted(int messages, boolean isAdmitted) {
        // Given
        AdmissionGate gate = gate("max-batch-messages", "3");

        // When
        Admission together = gate.admit(Collections.nCopies(messages, draft(3)));
        Admission counted = gate.admitCount(messages);

        // Then
        assertThat(together).isEqualTo(isAdmitted ? new Admission.Admitted() : new Admission.TooMany(messages, 3));
        assertThat(counted).isEqualTo(together);
    }

    private static Draft draft(int quotedBytes) {
        return new Draft(new Channel("a"), RawJson.ofString("x".repeat(quotedBytes - 2)), null, null, null);
    }

    @Test
    void body_mayBeLongerThanTheDataByItsOtherFields() {
        // When, Then
        assertThat(gate("max-message-bytes", "1M").maxBodyBytes()).isEqualTo((1 << 20) + 4096);
    }

    @Test
    void bodyOfSeveralMessages_mayBeLongerThanThatOfOne() {
        // When, Then
        assertThat(gate("max-message-bytes", "1K").maxBodyBytes()).isEqualTo(256 << 10);
        assertThat(gate("max-batch-bytes", "100K").maxBodyBytes()).isEqualTo(100 << 10);
    }

    @ParameterizedTest
    @CsvSource({
        "max-message-bytes, 0",
        "max-message-bytes, 16777217",
        "max-in-flight, 0",
        "max-in-flight, -1",
        "max-reads-in-flight, 0",
        "max-batch-messages, 0",
        "max-batch-messages, 1001",
        "max-batch-bytes, 1023",
        "max-batch-bytes, 16777217"
    })
    void limitOutOfRange_isRefusedByName(String property, String value) {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate(property, value))
                .withMessageContaining("fanfare.admission." + property);
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
        metrics.admitted(3);
        metrics.refused(ErrorCode.MESSAGE_TOO_LARGE);
        metrics.refused(ErrorCode.TOO_MANY_MESSAGES);
        metrics.refused(ErrorCode.OVERLOADED);
        metrics.refused(ErrorCode.BODY_INVALID);
        metrics.refused(ErrorCode.CHANNEL_INVALID);

        // Then
        assertThat(count("admitted")).isEqualTo(3);
        assertThat(count("too-large")).isEqualTo(2);
        assertThat(count("overloaded")).isEqualTo(1);
        assertThat(count("malformed")).isEqualTo(2);
    }

    private double count(String outcome) {
        return registry.get("fanfare.publish.admissions")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private AdmissionGate gate(String property, String value) {
        return new AdmissionGate(AdmissionConfigTest.config(Map.of("fanfare.admission." + property, value)), metrics);
    }
}
