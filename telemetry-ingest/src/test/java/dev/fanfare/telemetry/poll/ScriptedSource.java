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

/// A source that takes as long as told, answers as told, and remembers when it was asked.
final class ScriptedSource implements TelemetrySource {

    private final VirtualTicker ticker;
    private final boolean isModel;
    private final List<Duration> askedAt = new ArrayList<>();
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
    public FetchOutcome fetch() {
        askedAt.add(ticker.elapsed());
        ticker.advance(answerTime);
        beforeAnswer.run();
        if (isFaulty) {
            throw fault;
        }
        Duration now = ticker.elapsed();
        boolean isDown = now.compareTo(downFrom) >= 0 && now.compareTo(downUntil) < 0;
        return isDown ? new Failed(failure, "scripted") : new Fetched(sample());
    }

    private Sample sample() {
        return new Sample(RawJson.ofString((isModel ? "model " : "real ") + askedAt.size()), isModel);
    }

    List<Duration> askedAt() {
        return askedAt;
    }

    List<Long> askedAtSeconds() {
        return askedAt.stream().map(Duration::toSeconds).toList();
    }
}
