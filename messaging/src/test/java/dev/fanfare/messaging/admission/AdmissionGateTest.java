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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionGateTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final AdmissionMetrics metrics = new AdmissionMetrics(registry);

    private static final Caller CALLER = new Caller("192.0.2.1");
    private static final Caller OTHER = new Caller("192.0.2.2");

    @Test
    void fullGate_admitsNobodyUntilAPlaceIsGivenBack() {
        // Given
        AdmissionGate gate = gate("max-in-flight", "2");
        PublishPlace first = entered(gate, CALLER);
        entered(gate, CALLER);

        // When
        Entrance whileFull = gate.enter(OTHER);
        first.close();
        Entrance afterwards = gate.enter(OTHER);

        // Then
        assertThat(whileFull).isEqualTo(new Entrance.Refused(ErrorCode.OVERLOADED, "nothing was stored"));
        assertThat(afterwards).isInstanceOf(Entrance.Entered.class);
        assertThat(registry.get("fanfare.publish.in.flight").gauge().value()).isEqualTo(2);
    }

    @Test
    void callerWithAsManyAsItMay_isRefusedAndNobodyElse() {
        // Given
        AdmissionGate gate = gate("max-in-flight-per-caller", "2");
        PublishPlace first = entered(gate, CALLER);
        entered(gate, CALLER);

        // When
        Entrance overTheLimit = gate.enter(CALLER);
        Entrance ofAnother = gate.enter(OTHER);
        first.close();
        Entrance afterwards = gate.enter(CALLER);

        // Then
        assertThat(overTheLimit)
                .isInstanceOfSatisfying(
                        Entrance.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
        assertThat(ofAnother).isInstanceOf(Entrance.Entered.class);
        assertThat(afterwards).isInstanceOf(Entrance.Entered.class);
    }

    @Test
    void callersWithNothingInFlight_areForgotten() {
        // Given
        AdmissionGate gate = gate("max-in-flight", "3");
        List<PublishPlace> places = List.of(entered(gate, CALLER), entered(gate, CALLER), entered(gate, OTHER));
        Entrance whileFull = gate.enter(new Caller("192.0.2.3"));
        int whileInFlight = gate.callersInFlight();

        // When
        places.forEach(PublishPlace::close);

        // Then
        assertThat(whileFull).isInstanceOf(Entrance.Refused.class);
        assertThat(whileInFlight).isEqualTo(2);
        assertThat(gate.callersInFlight()).isZero();
    }

    @Test
    void callersOfManyThreads_areCountedExactly() throws Exception {
        // Given
        AdmissionGate gate = gate("max-in-flight-per-caller", "3");
        var most = new AtomicInteger();
        var inside = new AtomicInteger();

        // When
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 20_000; i++) {
                var _ = threads.submit(() -> {
                    if (gate.enter(CALLER) instanceof Entrance.Entered(PublishPlace place)) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                        place.close();
                    }
                });
            }
        }

        // Then
        assertThat(most.get()).isBetween(1, 3);
        assertThat(gate.callersInFlight()).isZero();
    }

    @Test
    void bytesInHand_areHeldUpToTheBudgetAndGivenBack() {
        // Given
        AdmissionGate gate = gate("max-bytes-in-hand", "300K");
        PublishPlace first = entered(gate, CALLER);
        PublishPlace second = entered(gate, OTHER);

        // When
        boolean holdsFirst = first.hold(100 << 10) && first.hold(200 << 10);
        boolean holdsTooMuch = second.hold((100 << 10) + 1);
        boolean holdsTheRest = second.hold(100 << 10);
        boolean growsBeyond = second.hold((100 << 10) + 1);
        double whileFull = bytesInHand();
        first.close();
        boolean holdsAfterwards = second.hold(300 << 10);
        second.close();

        // Then
        assertThat(holdsFirst).isTrue();
        assertThat(holdsTooMuch).isFalse();
        assertThat(holdsTheRest).isTrue();
        assertThat(growsBeyond).isFalse();
        assertThat(whileFull).isEqualTo(300 << 10);
        assertThat(holdsAfterwards).isTrue();
        assertThat(gate.bytesInHand()).isZero();
        assertThat(bytesInHand()).isZero();
    }

    private double bytesInHand() {
        return registry.get("fanfare.publish.bytes.in.hand").gauge().value();
    }

    private static PublishPlace entered(AdmissionGate gate, Caller caller) {
        return switch (gate.enter(caller)) {
            case Entrance.Entered(PublishPlace place) -> place;
            case Entrance.Refused refused -> throw new AssertionError(refused);
        };
    }

    @Test
    void reads_haveTheirOwnPlaces() {
        // Given
        AdmissionGate gate = gate("max-reads-in-flight", "1");
        Place first = gate.enterRead().orElseThrow();

        // When
        Optional<Place> whileFull = gate.enterRead();
        Entrance publish = gate.enter(CALLER);
        first.close();

        // Then
        assertThat(whileFull).isEmpty();
        assertThat(publish).isInstanceOf(Entrance.Entered.class);
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
        "max-in-flight-per-caller, 0",
        "max-bytes-in-hand, 262143",
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
    @ValueSource(strings = {"admitted", "malformed", "too-large", "overloaded", "too-many", "forbidden"})
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
        metrics.refused(ErrorCode.TOO_MANY_REQUESTS);
        metrics.refused(ErrorCode.FORBIDDEN);
        metrics.refused(ErrorCode.BODY_INVALID);
        metrics.refused(ErrorCode.CHANNEL_INVALID);

        // Then
        assertThat(count("admitted")).isEqualTo(3);
        assertThat(count("too-large")).isEqualTo(2);
        assertThat(count("overloaded")).isEqualTo(1);
        assertThat(count("too-many")).isEqualTo(1);
        assertThat(count("forbidden")).isEqualTo(1);
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
