package dev.fanfare.access.apikey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.access.grant.Verdict;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.VirtualClock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Credentials of keys, spoilt in ways that a seed decides: none may let anybody in, or be a fault.
class ApiKeyFuzzTest {

    private static final int CREDENTIALS = 100_000;

    private final Random random = new Random(20261129);
    private final InMemoryBroker broker =
            new InMemoryBroker(new ChannelRules(List.of()), new VirtualClock(), Duration.ofMinutes(5));
    private final ApiKeys keys = new ApiKeys(
            broker,
            ApiKeySettings.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofHours(1),
                    "admin's secret".getBytes(UTF_8)),
            System::nanoTime,
            _ -> {});
    private final List<ApiKeyCredential> good = List.of(
            ApiKeyCredential.drawn(random),
            ApiKeyCredential.drawn(random),
            new ApiKeyCredential("admin", "admin's secret"));
    private final List<UnaryOperator<String>> mutations = List.of(
            text -> edited(text, c -> (char) (c ^ (1 << random.nextInt(7)))),
            text -> edited(text, _ -> (char) random.nextInt(128)),
            text -> text.substring(0, at(text)),
            text -> text.substring(at(text)),
            text -> inserted(text, "ä\u0000\ud800 .:=\n".substring(random.nextInt(9))),
            text -> inserted(text, text),
            text -> text + ".",
            text -> text.replace('.', ':'),
            text -> text.substring(0, 1 + text.indexOf('.')) + secretOfAnother(text),
            text -> text.substring(0, 1 + text.indexOf('.')),
            text -> text.toUpperCase(Locale.ROOT));

    @Test
    void spoiltCredential_isNeverTakenAndNeverAFault() {
        // Given
        good.subList(0, 2)
                .forEach(credential -> broker.create(
                                new ApiKey.Draft(credential.id(), credential.secretHash(), "some", "{}"))
                        .join());
        keys.read(true);
        assertThat(good).allMatch(credential -> keys.admit(credential) instanceof Verdict.Granted);
        Map<ErrorCode, Integer> seen = new EnumMap<>(ErrorCode.class);

        for (int i = 0; i < CREDENTIALS; i++) {
            String authorization = authorization(spoilt());

            // When
            Optional<Verdict> verdict = ApiKeyCredential.in(authorization).map(keys::admit);

            // Then
            switch (verdict.orElse(null)) {
                case Verdict.Granted granted -> throw new AssertionError("taken: " + granted + " of " + authorization);
                case Verdict.Refused(ErrorCode code, String _) -> seen.merge(code, 1, Integer::sum);
                case null -> {}
            }
        }
        assertThat(seen).containsOnlyKeys(ErrorCode.API_KEY_INVALID);
        // What a mutation does is of use only if enough credentials get as far as their secret.
        assertThat(seen.get(ErrorCode.API_KEY_INVALID)).isGreaterThan(CREDENTIALS / 3);
    }

    /// One to three mutations; never a good credential again, with either separator.
    private String spoilt() {
        String text = good.get(random.nextInt(good.size())).text();
        do {
            text = mutations.get(random.nextInt(mutations.size())).apply(text);
        } while (isGood(text) || (random.nextInt(4) == 0 && !text.isEmpty()));
        return text;
    }

    private boolean isGood(String text) {
        return good.stream()
                .anyMatch(credential ->
                        credential.text().replace('.', ':').equals(text.strip().replace('.', ':')));
    }

    private String authorization(String credential) {
        return switch (random.nextInt(4)) {
            case 0 ->
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        credential.replaceFirst("\\.", ":").getBytes(UTF_8));
            case 1 -> "Basic " + credential;
            default -> "Bearer " + credential;
        };
    }

    private String secretOfAnother(String text) {
        return good.get(random.nextInt(good.size())).secret() + (text.length() % 2 == 0 ? "" : "=");
    }

    private int at(String text) {
        return text.isEmpty() ? 0 : random.nextInt(text.length());
    }

    private String inserted(String text, String what) {
        int at = at(text);
        return text.length() > 1000 ? text : text.substring(0, at) + what + text.substring(at);
    }

    private String edited(String text, UnaryOperator<Character> change) {
        int at = at(text);
        return text.isEmpty() ? text : text.substring(0, at) + change.apply(text.charAt(at)) + text.substring(at + 1);
    }
}
