package dev.fanfare.telemetry.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.publish.SamplePublisher;
import dev.fanfare.telemetry.source.FetchFailure;
import dev.fanfare.telemetry.source.FetchOutcome;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import dev.fanfare.telemetry.source.FetchOutcome.Unchanged;
import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.telemetry.source.SettingsFixture;
import dev.fanfare.telemetry.source.SourceSettings;
import dev.fanfare.telemetry.source.SourcesConfig.Publish;
import dev.fanfare.testkit.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole loop in virtual time: sleeping moves the ticker on, so `run` returns when the tenure ends.
class PollerTest {

    private static final Duration FOREVER = Duration.ofDays(1);

    private final VirtualTicker ticker = new VirtualTicker();
    private final ScriptedSource real = new ScriptedSource(ticker, false);
    private final ScriptedSource model = new ScriptedSource(ticker, true);
    private final RecordingBroker broker = new RecordingBroker();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private SourceSettings settings = new SettingsFixture().build();
    private Executor probes = Runnable::run;

    @Test
    void quickSource_isPolledOncePerInterval() {
        // When
        run(Duration.ofSeconds(5), null);

        // Then
        assertThat(real.askedAtSeconds()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(broker.storedData())
                .containsExactly("\"real 1\"", "\"real 2\"", "\"real 3\"", "\"real 4\"", "\"real 5\"");
    }

    @Test
    void slowSource_skipsTicksAndKeepsTheGrid() {
        // Given
        real.taking(Duration.ofMillis(2500));

        // When
        run(Duration.ofSeconds(10), null);

        // Then: never back to back, never two for one tick
        assertThat(real.askedAt())
                .containsExactly(Duration.ZERO, Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(9));
    }

    @Test
    void messages_carryTheFenceAndACountInTheirId() {
        // When
        run(Duration.ofSeconds(2), null);

        // Then
        assertThat(broker.stored()).extracting(Message::id).containsExactly("iss-42-1", "iss-42-2");
        assertThat(broker.stored()).extracting(Message::clientId).containsOnly("telemetry-ingest");
        assertThat(broker.stored())
                .extracting(message -> message.channel().name())
                .containsOnly("iss.telemetry");
        assertThat(broker.stored()).extracting(Message::name).containsOnlyNulls();
    }

    @ParameterizedTest
    @EnumSource(FetchFailure.class)
    void failingSource_isCountedAndBackedOff(FetchFailure failure) {
        // Given
        real.failingBy(failure).down(Duration.ZERO, FOREVER);

        // When
        run(Duration.ofMinutes(5), null);

        // Then: 300 ticks, but 1 + 1 + 2 + 4 + 8 + 15 + 15 + … seconds apart, less jitter
        assertThat(real.askedAt()).hasSizeBetween(20, 45);
        assertThat(polls(failure.slug())).isEqualTo(real.askedAt().size());
        assertThat(polls("fetched")).isZero();
        assertThat(broker.attempts()).isEmpty();
    }

    @Test
    void faultInASource_countsAsInternalAndDoesNotEndTheLoop() {
        // Given
        real.throwing(new IllegalStateException("a bug"));

        // When
        run(Duration.ofSeconds(10), null);

        // Then
        assertThat(polls("internal")).isGreaterThan(2);
    }

    @Test
    void sourceThatAnswersAgain_isPolledAtEveryTickAgain() {
        // Given
        real.down(Duration.ofSeconds(3), Duration.ofSeconds(5));

        // When
        run(Duration.ofSeconds(20), null);

        // Then
        assertThat(real.askedAtSeconds()).endsWith(12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
    }

    @Test
    void sourceThatNeverAnswered_isReplacedByTheModelAfterOneFailure() {
        // Given
        real.down(Duration.ZERO, FOREVER);

        // When
        run(Duration.ofSeconds(4), model);

        // Then
        assertThat(broker.storedData()).containsExactly("\"model 1\"", "\"model 2\"", "\"model 3\"", "\"model 4\"");
        assertThat(polls("fetched")).isZero();
    }

    @Test
    void sourceThatFailsForAShortTime_isNotReplaced() {
        // Given: down for less than the five seconds of the settings
        real.down(Duration.ofSeconds(3), Duration.ofSeconds(4));

        // When
        run(Duration.ofSeconds(15), model);

        // Then
        assertThat(model.askedAt()).isEmpty();
    }

    @Test
    void sourceThatFailsForLong_isReplacedOnceItsLastSampleIsOld() {
        // Given
        real.down(Duration.ofSeconds(3), FOREVER);

        // When
        run(Duration.ofSeconds(12), model);

        // Then: the newest real sample is of second 2
        assertThat(model.askedAtSeconds()).containsExactly(7L, 8L, 9L, 10L, 11L);
    }

    @Test
    void realSource_isTakenBackAsSoonAsItAnswers() {
        // Given
        real.down(Duration.ZERO, Duration.ofSeconds(20));

        // When
        run(Duration.ofSeconds(60), model);

        // Then: the back-off is at most 15 s, and there is no model sample after the first real one
        List<String> data = broker.storedData();
        int firstReal = data.indexOf(data.stream()
                .filter(text -> text.startsWith("\"real"))
                .findFirst()
                .orElseThrow());
        assertThat(firstReal).isBetween(20, 35);
        assertThat(data.subList(firstReal, data.size())).allMatch(text -> text.startsWith("\"real"));
        assertThat(data).hasSize(60);
    }

    @Test
    void attemptThatTakesLong_doesNotHoldTheModelUp() {
        // Given: attempts at the real source that do not come back
        var underWay = new ArrayList<Runnable>();
        probes = underWay::add;
        real.down(Duration.ZERO, FOREVER);

        // When
        run(Duration.ofSeconds(30), model);

        // Then: one sample per tick, and never a second attempt beside the first
        assertThat(broker.stored()).hasSize(30);
        assertThat(underWay).hasSize(1);
    }

    @Test
    void sourceThatIsUnchanged_isHealthyAndPublishesNothing() {
        // Given
        Sample first = tagged("1");
        answering(new Fetched(first), new Unchanged(), new Unchanged(), new Fetched(tagged("2")));

        // When
        run(Duration.ofSeconds(4), model);

        // Then: it was asked for what the channel held
        assertThat(broker.storedData()).containsExactly("\"1\"", "\"2\"");
        assertThat(real.askedWith().subList(0, 4))
                .containsExactly(Optional.empty(), Optional.of(first), Optional.of(first), Optional.of(first));
        assertThat(polls("unchanged")).isEqualTo(2);
        assertThat(published("unchanged")).isEqualTo(2);
        assertThat(model.askedAt()).isEmpty();
    }

    @Test
    void sampleThatWasNotPublished_isNotAskedAboutAsIfItWere() {
        // Given
        answering(new Fetched(tagged("1")), new Fetched(tagged("1")));
        broker.failing(Poller.PUBLISH_ATTEMPTS);

        // When
        run(Duration.ofSeconds(2), null);

        // Then
        assertThat(real.askedWith()).containsExactly(Optional.empty(), Optional.empty());
        assertThat(broker.storedData()).containsExactly("\"1\"");
    }

    @Test
    void modelThatStoodIn_isWhatTheChannelHolds() {
        // Given: a real sample with a tag, an outage, and the source again
        Sample first = tagged("1");
        real.answering(() -> new Fetched(first)).down(Duration.ofSeconds(1), Duration.ofSeconds(20));

        // When
        run(Duration.ofSeconds(60), model);

        // Then: whoever asks for what the model published gets the whole answer
        Optional<Sample> atReturn = real.askedWith().get((int) polls("status") + 1);
        assertThat(atReturn)
                .hasValueSatisfying(sample -> assertThat(sample.simulated()).isTrue());
    }

    @Test
    void publishOnChange_keepsBackWhatSaysTheSame() {
        // Given
        settings = new SettingsFixture().publish(Publish.ON_CHANGE).build();
        answering(
                new Fetched(tagged("1")), new Fetched(tagged("1")), new Fetched(tagged("2")), new Fetched(tagged("1")));

        // When
        run(Duration.ofSeconds(4), null);

        // Then
        assertThat(broker.storedData()).containsExactly("\"1\"", "\"2\"", "\"1\"");
        assertThat(published("unchanged")).isEqualTo(1);
        assertThat(polls("fetched")).isEqualTo(4);
    }

    @Test
    void publishAlways_repeatsWhatSaysTheSame() {
        // Given
        answering(new Fetched(tagged("1")), new Fetched(tagged("1")));

        // When
        run(Duration.ofSeconds(2), null);

        // Then
        assertThat(broker.storedData()).containsExactly("\"1\"", "\"1\"");
    }

    @Test
    void publishOnChange_publishesOnceInEachTenure() {
        // Given: between two tenures another instance may have published anything
        settings = new SettingsFixture().publish(Publish.ON_CHANGE).build();
        real.answering(() -> new Fetched(tagged("1")));
        Poller poller = poller(null);

        // When
        poller.run(tenure(Duration.ofSeconds(3)));
        poller.run(tenure(Duration.ofSeconds(3)));

        // Then
        assertThat(broker.storedData()).containsExactly("\"1\"", "\"1\"");
    }

    @Test
    void publishOnChange_doesNotTakeWhatFailedForPublished() {
        // Given: nobody knows whether the second sample is in the channel
        settings = new SettingsFixture().publish(Publish.ON_CHANGE).build();
        Iterator<String> first = List.of("1", "2").iterator();
        real.answering(() -> {
            String text = first.hasNext() ? first.next() : "1";
            if (text.equals("2")) {
                broker.failing(Poller.PUBLISH_ATTEMPTS);
            }
            return new Fetched(tagged(text));
        });

        // When
        run(Duration.ofSeconds(20), null);

        // Then
        assertThat(broker.storedData()).containsExactly("\"1\"", "\"1\"");
    }

    @Test
    void publishOnChange_asksByTheTagOfWhatSaysTheSame() {
        // Given
        settings = new SettingsFixture().publish(Publish.ON_CHANGE).build();
        var older = new Sample(RawJson.ofString("1"), false, "\"a\"");
        var newer = new Sample(RawJson.ofString("1"), false, "\"b\"");
        answering(new Fetched(older), new Fetched(newer), new FetchOutcome.Unchanged());

        // When
        run(Duration.ofSeconds(3), null);

        // Then
        assertThat(real.askedWith()).containsExactly(Optional.empty(), Optional.of(older), Optional.of(newer));
    }

    private void answering(FetchOutcome... outcomes) {
        Iterator<FetchOutcome> script = List.of(outcomes).iterator();
        real.answering(script::next);
    }

    private static Sample tagged(String text) {
        return new Sample(RawJson.ofString(text), false, "\"" + text + "\"");
    }

    @Test
    void failedPublish_isRepeatedWithTheSameId() {
        // Given
        broker.failing(2);

        // When
        run(Duration.ofSeconds(1), null);

        // Then
        assertThat(broker.attempts()).extracting(Message::id).containsExactly("iss-42-1", "iss-42-1", "iss-42-1");
        assertThat(broker.stored()).hasSize(1);
        assertThat(published("stored")).isEqualTo(1);
    }

    @Test
    void publishThatKeepsFailing_isGivenUpForANewerSample() {
        // Given
        broker.failing(Poller.PUBLISH_ATTEMPTS);

        // When
        run(Duration.ofSeconds(2), null);

        // Then
        assertThat(broker.stored()).extracting(Message::id).containsExactly("iss-42-2");
        assertThat(published("failed")).isEqualTo(1);
    }

    @Test
    void idThatSomebodyElseUses_costsOneSample() {
        // Given
        broker.takingAnId();

        // When
        run(Duration.ofSeconds(2), null);

        // Then
        assertThat(broker.attempts()).extracting(Message::id).containsExactly("iss-42-1", "iss-42-2");
        assertThat(broker.stored()).extracting(Message::id).containsExactly("iss-42-2");
        assertThat(published("failed")).isEqualTo(1);
    }

    @Test
    void fencedOffLeader_publishesNothingAndStepsDown() {
        // Given
        broker.fencing();
        var tenure = tenure(Duration.ofHours(1));

        // When
        poller(null).run(tenure);

        // Then
        assertThat(tenure.isHeld()).isFalse();
        assertThat(broker.attempts()).hasSize(1);
        assertThat(broker.stored()).isEmpty();
    }

    @Test
    void tenureThatEndsDuringAPoll_keepsTheSampleFromBeingPublished() {
        // Given
        real.taking(Duration.ofMillis(2500));

        // When
        run(Duration.ofSeconds(2), null);

        // Then
        assertThat(real.askedAt()).hasSize(1);
        assertThat(broker.attempts()).isEmpty();
    }

    @Test
    void interruption_endsTheTenure() {
        // Given
        var tenure = tenure(Duration.ofHours(1));

        // When
        Thread.currentThread().interrupt();
        poller(null).run(tenure);

        // Then: the poll that was under way is finished
        assertThat(Thread.interrupted()).isFalse();
        assertThat(tenure.isHeld()).isFalse();
        assertThat(broker.stored()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"22, false", "24, true"})
    void pollFarBeyondItsTimeout_countsAsStuck(int seconds, boolean expected) {
        // Given: a timeout of 3 s, and 20 s for all the rest
        Poller poller = poller(null);
        var wasStuck = new AtomicBoolean();
        real.taking(Duration.ofSeconds(seconds)).thenDoing(() -> wasStuck.set(poller.isStuck()));

        // When
        poller.run(tenure(Duration.ofSeconds(20)));

        // Then: at rest it is not stuck
        assertThat(wasStuck.get()).isEqualTo(expected);
        assertThat(poller.isStuck()).isFalse();
    }

    private void run(Duration tenureLength, @Nullable ScriptedSource standIn) {
        poller(standIn).run(tenure(tenureLength));
    }

    private Tenure tenure(Duration length) {
        return new Tenure(42, ticker.nanos() + length.toNanos(), ticker);
    }

    private Poller poller(@Nullable ScriptedSource standIn) {
        var metrics = new PollMetrics("iss", registry, ticker);
        Supplier<Intake> intakes = () -> {
            var backoff = new Backoff(settings.interval(), settings.maxBackoff(), new SplittableRandom(5));
            var guarded = new GuardedSource("iss", real, backoff, metrics, ticker);
            return new Intake("iss", guarded, standIn, settings.modelAfter(), probes, metrics);
        };
        var publisher = new SamplePublisher("iss", settings.channel(), broker, new VirtualClock());
        return new Poller(settings, intakes, publisher, metrics, ticker);
    }

    private double polls(String outcome) {
        return registry.get("fanfare.telemetry.polls")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double published(String outcome) {
        return registry.get("fanfare.telemetry.published")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
