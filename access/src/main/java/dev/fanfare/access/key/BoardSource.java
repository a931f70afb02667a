package dev.fanfare.access.key;

import static java.util.stream.Collectors.joining;

import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.PublicKeyBoard;
import dev.fanfare.contract.broker.PublicKeys.PublicKey;
import dev.fanfare.contract.failure.FanfareException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The keys that this installation signs with, as they are put up in Redis.
record BoardSource(PublicKeyBoard board) implements KeySource {

    @Override
    public byte[] read() throws IOException {
        try {
            return BrokerAnswer.await(board.publicKeys()).keys().stream()
                    .map(PublicKey::jwk)
                    .collect(joining(",", "{\"keys\":[", "]}"))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (FanfareException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
