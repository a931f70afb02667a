package dev.fanfare.telemetry.publish;

import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.telemetry.source.SourcesConfig.Publish;
import org.jspecify.annotations.Nullable;

/// Knows what this instance published last, and keeps back what says the same again where that is wanted.
///
/// Made anew for each tenure, because another leader may have published in between. Two samples say the
/// same when their bytes are equal. Used by the loop of the source alone.
public final class ChangeFilter {

    private final Publish rule;
    private @Nullable Sample newest;

    public ChangeFilter(Publish rule) {
        this.rule = rule;
    }

    /// The newest sample of the channel, or null when it is not known.
    public @Nullable Sample newest() {
        return newest;
    }

    /// Whether `sample` is to be published.
    public boolean passes(Sample sample) {
        return switch (rule) {
            case ALWAYS -> true;
            case ON_CHANGE -> newest == null || !newest.data().equals(sample.data());
        };
    }

    /// `sample` says what is in the channel, whether it was published or only says the same.
    public void holds(Sample sample) {
        newest = sample;
    }

    /// What is in the channel is not known any more.
    public void forget() {
        newest = null;
    }
}
