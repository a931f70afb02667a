package dev.fanfare.telemetry.poll;

import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.source.FetchFailure;
import dev.fanfare.telemetry.source.FetchOutcome;
import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.telemetry.source.TelemetrySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A source that takes as long as told, answers as told, and remembers when it was asked.
final class ScriptedSource implements TelemetrySource {

    private final VirtualTicker ticker;
    private final boolean isModel;
    private final List<Duration> askedAt = new ArrayList<>();
    private final List<Optional<Sample>> askedWith = new ArrayList<>();
    private Supplier<FetchOutcome> answers = () -> new Fetched(sample());
    private Duration answerTime = Duration.ZERO;
    private Duration downFrom = Duration.ofDays(1000);
    private Duration downUntil = Duration.ofDays(1000);
    private FetchFailure failure = FetchFailure.STATUS;
    private RuntimeException fault = new IllegalStateException("unset");
    private boolean isFaulty;
    private Runnable beforeAnswer = () -> {};

    ScriptedSource(VirtualTicker ticker, boolean isModel) {
        this.ticker = ticker;
        this.isModel = isModel;
    }

    ScriptedSource taking(Duration time) {
        answerTime = time;
        return this;
    }

    ScriptedSource down(Duration from, Duration until) {
        downFrom = from;
        downUntil = until;
        return this;
    }

    /// Answers so while it is not down.
    ScriptedSource answering(Supplier<FetchOutcome> newAnswers) {
        answers = newAnswers;
        return this;
    }

    ScriptedSource failingBy(FetchFailure kind) {
        failure = kind;
        return this;
    }

    /// Runs `action` at the end of the time that an answer takes.
    ScriptedSource thenDoing(Runnable action) {
        beforeAnswer = action;
        return this;
    }

    ScriptedSource throwing(RuntimeException exception) {
        fault = exception;
        isFaulty = true;
        return this;
    }

    @Override
    public FetchOutcome fetch(@Nullable Sample published) {
        askedWith.add(Optional.ofNullable(published));
        askedAt.add(ticker.elapsed());
        ticker.advance(answerTime);
        beforeAnswer.run();
        if (isFaulty) {
            throw fault;
        }
        Duration now = ticker.elapsed();
        boolean isDown = now.compareTo(downFrom) >= 0 && now.compareTo(downUntil) < 0;
        return isDown ? new Failed(failure, "scripted") : answers.get();
    }

    private Sample sample() {
        return new Sample(RawJson.ofString((isModel ? "model " : "real ") + askedAt.size()), isModel);
    }

    List<Duration> askedAt() {
        return askedAt;
    }

    /// What the channel was said to hold, at each request.
    List<Optional<Sample>> askedWith() {
        return askedWith;
    }

    List<Long> askedAtSeconds() {
        return askedAt.stream().map(Duration::toSeconds).toList();
    }
}
