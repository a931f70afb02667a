package dev.fanfare.access.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.access.capability.AnonymousAccess;
import dev.fanfare.access.token.TokenVerifier;
import dev.fanfare.access.token.Verification;
import dev.fanfare.contract.failure.ErrorCode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// The beans in a Quarkus application without configuration.
@QuarkusTest
class AccessBeansIT {

    @Inject
    TokenVerifier verifier;

    @Inject
    AnonymousAccess anonymous;

    @Test
    void withoutConfiguration_nobodyGetsIn() {
        // When
        Verification result = verifier.verify("e30.e30.").toCompletableFuture().join();

        // Then
        assertThat(anonymous.isOff()).isTrue();
        assertThat(result)
                .isInstanceOfSatisfying(
                        Verification.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOKEN_MALFORMED));
    }
}
