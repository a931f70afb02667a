package dev.fanfare.access.capability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelPattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What must hold for all capabilities, tried on many that a seed decides.
///
/// Patterns are made of `a`, `b` and stars; channels of `a`, `b` and a `z` that no pattern names, so that
/// whatever a pattern may hold beyond another one shows in some channel of up to five characters.
class CapabilityPropertiesTest {

    private static final long SEED = 20261124;
    private static final int ROUNDS = 20_000;
    private static final int MAX_CHANNEL_LENGTH = 5;
    private static final List<Operation> OPERATIONS = List.of(Operation.values());
    private static final List<Channel> CHANNELS = channels();

    private final Random random = new Random(SEED);

    @Test
    void allows_agreesWithARegularExpressionPerPattern() {
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            Map<ChannelPattern, Set<Operation>> entries = randomEntries();
            Channel channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
            Operation operation = randomOperation();

            // When
            boolean allowed = Capabilities.of(entries).allows(operation, channel);

            // Then
            assertThat(allowed)
                    .as("%s on %s by %s", operation, channel, entries)
                    .isEqualTo(entries.entrySet().stream()
                            .anyMatch(e -> e.getValue().contains(operation) && naivelyMatches(e.getKey(), channel)));
        }
    }

    @Test
    void coversOfPatterns_isInclusionOfTheirChannels() {
        int covering = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            ChannelPattern wide = randomPattern();
            ChannelPattern narrow = randomPattern();

            // When
            boolean covers = wide.covers(narrow);

            // Then
            assertThat(covers)
                    .as("%s covers %s", wide, narrow)
                    .isEqualTo(CHANNELS.stream().allMatch(c -> !narrow.matches(c) || wide.matches(c)));
            covering += covers ? 1 : 0;
        }
        assertThat(covering).isBetween(ROUNDS / 20, ROUNDS / 2);
    }

    @Test
    void whatIsCovered_isAllowed() {
        int covering = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            Capabilities granted = Capabilities.of(randomEntries());
            Capabilities asked = Capabilities.of(randomEntries());

            // When
            boolean covers = granted.covers(asked);

            // Then
            if (covers) {
                covering++;
                assertWithin(asked, granted);
            }
        }
        assertThat(covering).isGreaterThan(ROUNDS / 50);
    }

    @Test
    void intersection_isWithinBoth() {
        int something = 0;
        for (int round = 0; round < ROUNDS / 10; round++) {
            // Given
            Capabilities one = Capabilities.of(randomEntries());
            Capabilities other = Capabilities.of(randomEntries());

            // When
            Capabilities common = one.intersection(other);

            // Then
            assertWithin(common, one);
            assertWithin(common, other);
            assertThat(one.covers(common)).isTrue();
            assertThat(one.intersection(one)).as("with itself").isEqualTo(withInherited(one));
            something += common.operations().isEmpty() ? 0 : 1;
        }
        assertThat(something).isGreaterThan(ROUNDS / 50);
    }

    @Test
    void printedAndParsed_isTheSame() {
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            Capabilities capabilities = Capabilities.of(randomEntries());

            // When
            Capabilities again = Capabilities.parse(capabilities.toJson().getBytes(UTF_8));

            // Then
            assertThat(again).isEqualTo(capabilities).hasToString(capabilities.toString());
        }
    }

    private static void assertWithin(Capabilities inner, Capabilities outer) {
        for (Channel channel : CHANNELS) {
            for (Operation operation : Operation.values()) {
                if (inner.allows(operation, channel) && !outer.allows(operation, channel)) {
                    throw new AssertionError(
                            operation + " on " + channel + " is allowed by " + inner + " but not by " + outer);
                }
            }
        }
    }

    /// Each pattern with what the patterns that cover it add.
    private static Capabilities withInherited(Capabilities capabilities) {
        Map<ChannelPattern, Set<Operation>> all = new HashMap<>();
        capabilities.operations().keySet().forEach(pattern -> {
            Set<Operation> operations = EnumSet.noneOf(Operation.class);
            capabilities.operations().forEach((wider, its) -> {
                if (wider.covers(pattern)) {
                    operations.addAll(its);
                }
            });
            all.put(pattern, operations);
        });
        return Capabilities.of(all);
    }

    private static boolean naivelyMatches(ChannelPattern pattern, Channel channel) {
        return Pattern.matches(pattern.text().replace("*", ".*"), channel.name());
    }

    private Map<ChannelPattern, Set<Operation>> randomEntries() {
        Map<ChannelPattern, Set<Operation>> entries = new HashMap<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Set<Operation> operations = EnumSet.of(randomOperation());
            operations.add(randomOperation());
            entries.put(randomPattern(), operations);
        }
        return entries;
    }

    private Operation randomOperation() {
        return OPERATIONS.get(random.nextInt(OPERATIONS.size()));
    }

    private ChannelPattern randomPattern() {
        var text = new StringBuilder();
        int length = 1 + random.nextInt(MAX_CHANNEL_LENGTH - 1);
        for (int i = 0; i < length; i++) {
            text.append("ab*".charAt(random.nextInt(3)));
        }
        return new ChannelPattern(text.toString());
    }

    private static List<Channel> channels() {
        List<Channel> channels = new ArrayList<>();
        List<String> names = List.of("");
        for (int length = 1; length <= MAX_CHANNEL_LENGTH; length++) {
            List<String> longer = new ArrayList<>();
            names.forEach(name -> "abz".chars().forEach(c -> longer.add(name + (char) c)));
            longer.forEach(name -> channels.add(new Channel(name)));
            names = longer;
        }
        return List.copyOf(channels);
    }
}
