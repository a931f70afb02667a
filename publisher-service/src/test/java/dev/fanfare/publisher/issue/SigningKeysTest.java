package dev.fanfare.publisher.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.PublicKeys.PublicKey;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.KeyFolder;
import dev.fanfare.testkit.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

    private static final Duration AHEAD = Duration.ofMinutes(2);
    private static final Duration MEMORY = Duration.ofHours(1);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryBroker broker = new InMemoryBroker(new ChannelRules(List.of()), clock, Duration.ofMinutes(5));
    private final KeyFolder folder = KeyFolder.with("2026-01");
    private final SigningKeys keys = keys(folder.path(), null);

    private SigningKeys keys(@Nullable Path path, @Nullable String activeKey) {
        return new SigningKeys(broker, settings(path, activeKey));
    }

    static IssueSettings settings(@Nullable Path path, @Nullable String activeKey) {
        return new IssueSettings(
                path,
                activeKey,
                "fanfare",
                "fanfare",
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                Duration.ofMillis(100),
                AHEAD,
                MEMORY,
                8192);
    }

    private static @Nullable String active(SigningKeys keys) {
        return keys.active().map(SigningKey::id).orElse(null);
    }

    private List<String> published() {
        return broker.publicKeys().join().keys().stream().map(PublicKey::id).toList();
    }

    @Test
    void onlyKey_isPublic_andSignsAtOnce() {
        // When
        String before = active(keys);
        keys.round();

        // Then
        assertThat(before).isNull();
        assertThat(active(keys)).isEqualTo("2026-01");
        assertThat(published()).containsExactly("2026-01");
        assertThat(keys.keySet())
                .startsWith("{\"keys\":[{")
                .contains("\"kid\":\"2026-01\"")
                .doesNotContain("\"d\":");
        assertThat(keys.size()).isEqualTo(1);
    }

    @Test
    void newKey_isPublicBeforeItSigns_andTheOldOneStaysPublic() {
        // Given
        keys.round();
        clock.advance(Duration.ofSeconds(1));
        folder.add("2026-02");

        // When
        keys.round();
        clock.advance(AHEAD.minusMillis(1));
        keys.round();
        String early = active(keys);
        clock.advance(Duration.ofMillis(1));
        keys.round();

        // Then
        assertThat(early).isEqualTo("2026-01");
        assertThat(active(keys)).isEqualTo("2026-02");
        assertThat(published()).containsExactly("2026-01", "2026-02");
    }

    @Test
    void whileNoKeyIsOldEnough_theOneThatIsPublicTheLongestSigns() {
        // Given
        keys.round();
        clock.advance(Duration.ofSeconds(1));
        folder.add("2026-02");

        // When
        keys.round();

        // Then
        assertThat(active(keys)).isEqualTo("2026-01");
    }

    @Test
    void instanceThatStartsWithBothKeys_choosesAsTheOthersDo() {
        // Given
        keys.round();
        clock.advance(AHEAD);
        folder.add("2026-02");
        keys.round();
        SigningKeys other = keys(folder.path(), null);

        // When
        other.round();

        // Then
        assertThat(active(other)).isEqualTo(active(keys)).isEqualTo("2026-01");
    }

    @Test
    void configuredKey_isPreferredOverTheLast_alsoWhenNoneIsOldEnough() {
        // Given
        folder.add("2026-02");
        SigningKeys configured = keys(folder.path(), "2026-01");

        // When
        configured.round();
        String atOnce = active(configured);
        clock.advance(AHEAD);
        configured.round();

        // Then
        assertThat(atOnce).isEqualTo("2026-01");
        assertThat(active(configured)).isEqualTo("2026-01");
    }

    @Test
    void removedKey_isWithdrawnAtOnce_andAnotherSigns() {
        // Given
        folder.add("2026-02");
        keys.round();
        clock.advance(AHEAD);
        keys.round();

        // When
        folder.remove("2026-02");
        keys.round();

        // Then
        assertThat(published()).containsExactly("2026-01");
        assertThat(active(keys)).isEqualTo("2026-01");
    }

    @Test
    void keyOfAnotherInstance_isPublicToo_andNotTakenDown() {
        // Given
        SigningKeys other = keys(KeyFolder.with("other").path(), null);

        // When
        other.round();
        keys.round();

        // Then
        assertThat(published()).containsExactly("2026-01", "other");
        assertThat(active(keys)).isEqualTo("2026-01");
    }

    @Test
    void fileThatDiffersBetweenInstances_neverSignsBesideAGoodKey() {
        // Given
        KeyFolder another = KeyFolder.with("2026-02");
        SigningKeys other = keys(another.path(), null);
        keys.round();
        folder.add("2026-02");

        // When
        for (int i = 0; i < 5; i++) {
            other.round();
            keys.round();
            clock.advance(AHEAD.dividedBy(2));
        }
        other.round();
        keys.round();

        // Then
        assertThat(active(keys)).isEqualTo("2026-01");
    }

    @Test
    void folderThatIsBroken_changesNothing() throws IOException {
        // Given
        keys.round();
        Path broken = Files.writeString(folder.path().resolve("2026-02.pem"), "rubbish");

        // When
        keys.round();
        String whileBroken = active(keys);
        Files.delete(broken);
        folder.add("2026-02");
        keys.round();

        // Then
        assertThat(whileBroken).isEqualTo("2026-01");
        assertThat(published()).containsExactly("2026-01", "2026-02");
    }

    @Test
    void whileRedisIsAway_theSameKeySigns_andANewOneIsPublicAfterwards() {
        // Given
        keys.round();
        broker.stop();
        folder.add("2026-02");
        keys.round();
        String away = active(keys);

        // When
        broker.resume();
        keys.round();

        // Then
        assertThat(away).isEqualTo("2026-01");
        assertThat(published()).containsExactly("2026-01", "2026-02");
    }

    @Test
    void keysThatNobodyRenews_stayAsLongAsTheirTokens() {
        // Given
        keys.round();

        // When
        clock.advance(MEMORY.minusMillis(1));
        List<String> inTime = published();
        clock.advance(Duration.ofMillis(1));

        // Then
        assertThat(inTime).containsExactly("2026-01");
        assertThat(published()).isEmpty();
    }

    @Test
    void withoutFolder_nothingIsPublic_andNothingSigns() {
        // Given
        SigningKeys none = keys(null, null);

        // When
        none.round();

        // Then
        assertThat(active(none)).isNull();
        assertThat(none.keySet()).isEqualTo("{\"keys\":[]}");
        assertThat(published()).isEmpty();
    }

    @Test
    void unusableFolder_stopsTheStart() {
        // Given
        Path empty = KeyFolder.with().path();

        // When, Then
        assertThatThrownBy(() -> keys(empty, null))
                .isInstanceOf(IllegalTokensConfigException.class)
                .hasMessageStartingWith("fanfare.publisher.tokens.signing-folder: ");
        assertThatThrownBy(() -> keys(folder.path(), "2026-99"))
                .isInstanceOf(IllegalTokensConfigException.class)
                .hasMessageStartingWith("fanfare.publisher.tokens.active-key: ");
    }
}
