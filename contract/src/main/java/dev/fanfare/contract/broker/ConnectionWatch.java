package dev.fanfare.contract.broker;

import java.util.List;

/// What a gateway hears when it renews its lease.
///
/// | component | meaning                                                                    |
/// |-----------|----------------------------------------------------------------------------|
/// | `swept`   | instances whose lease had ended, and whose connections count as gone       |
/// | `ends`    | which connections are to be closed, oldest first                           |
public record ConnectionWatch(int swept, List<ConnectionEnd> ends) {

    public ConnectionWatch {
        ends = List.copyOf(ends);
    }
}
