package dev.fanfare.contract.broker;

import java.util.List;

/// What became of messages that were published together.
public sealed interface SequenceOutcome {

    /// For each message, in their order, where it is.
    record Stored(List<PublishOutcome.Stored> messages) implements SequenceOutcome {

        public Stored {
            messages = List.copyOf(messages);
        }
    }

    /// Nothing was stored, because the messages at these indexes, from 0 and at least one, have ids under which other
    /// messages were published. See [PublishOutcome.IdTaken].
    record IdsTaken(List<Integer> indexes) implements SequenceOutcome {

        public IdsTaken {
            indexes = List.copyOf(indexes);
        }
    }
}
