package dev.fanfare.launch;

import java.io.IOException;

/// Whether a service can do its work, as it says itself.
sealed interface Health {

    record Ready() implements Health {}

    /// It cannot, or it does not say.
    ///
    /// @param why a line for an operator: the answer with its checks, or why there is none
    record NotReady(String why) implements Health {}

    static Health of(LocalInstance service) {
        try {
            return judged(service.get(LocalInstance.READINESS));
        } catch (IOException e) {
            return new NotReady(String.valueOf(e.getMessage()));
        }
    }

    private static Health judged(String answer) {
        return answer.matches("(?s)HTTP/1\\.[01] 200 .*")
                ? new Ready()
                : new NotReady(
                        answer.isBlank() ? "an empty answer" : answer.strip().replaceAll("\\s+", " "));
    }
}
