package dev.fanfare.access.wiring;

import dev.fanfare.access.key.IssuerKeys;
import dev.fanfare.access.key.RefreshLimits;
import dev.fanfare.access.key.RefreshedKeys;
import dev.fanfare.access.key.SigningAlgorithm;
import dev.fanfare.contract.broker.PublicKeyBoard;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Where key sets come from.
///
/// | component | meaning                                                |
/// |-----------|--------------------------------------------------------|
/// | `limits`  | when those of others are read again                     |
/// | `own`     | when those of this installation are                     |
/// | `board`   | where these are; asked for only if they are wanted      |
/// | `random`  | for the jitter                                         |
record KeySources(RefreshLimits limits, RefreshLimits own, Supplier<PublicKeyBoard> board, RandomGenerator random) {

    IssuerKeys fromFile(String issuer, Path path, Set<SigningAlgorithm> algorithms) {
        return RefreshedKeys.fromFile(issuer, path, algorithms, limits, random);
    }

    IssuerKeys fromUrl(String issuer, URI uri, Set<SigningAlgorithm> algorithms) {
        return RefreshedKeys.fromUrl(issuer, uri, algorithms, limits, random);
    }

    IssuerKeys fromBoard(String issuer, Set<SigningAlgorithm> algorithms) {
        return RefreshedKeys.fromBoard(issuer, board.get(), algorithms, own, random);
    }
}
