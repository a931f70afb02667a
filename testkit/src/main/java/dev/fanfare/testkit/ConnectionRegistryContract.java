package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.ConnectionEnd.Kind;
import dev.fanfare.contract.broker.ConnectionListing;
import dev.fanfare.contract.broker.ConnectionPlace;
import dev.fanfare.contract.broker.ConnectionQuery;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.ListedConnection;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [ConnectionRegistry] does.
public abstract class ConnectionRegistryContract extends BrokerContract {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Instant SINCE = Instant.ofEpochMilli(1_700_000_000_123L);

    private final String name = UUID.randomUUID().toString();
    private final String instance = "gateway-" + name;
    private final String subject = "alice ü " + name;

    @Test
    public void openConnection_isListedAsItWasTold() {
        // Given
        var told = new OpenConnection(
                "c-" + name, subject, "2001:db8::1", SINCE, "fanfare.v1", 200, channels("chat.42", "a/b", "iss"));
        hold(instance, LONG);

        // When
        report(1, opened(told));

        // Then
        assertThat(all(ofSubject())).containsExactly(new ListedConnection(instance, told));
    }

    @Test
    public void closedConnection_isNotListedAnyMore() {
        // Given
        hold(instance, LONG);
        report(1, opened(connection("a", subject)), opened(connection("b", subject)));

        // When
        report(2, new ConnectionChange.Gone(subject, "a"));

        // Then
        assertThat(ids(ofSubject())).containsExactly("b");
    }

    @Test
    public void changedConnection_isListedOnceAndAsItIsNow() {
        // Given
        hold(instance, LONG);
        report(1, opened(connection("a", subject)), opened(connection("aa", subject)));

        // When
        report(2, opened(connection("a", subject, "chat.1", "chat.2")));

        // Then
        assertThat(ids(ofSubject())).containsExactly("a", "aa");
        assertThat(ids(query(subject, "chat.2", 100))).containsExactly("a");
    }

    @Test
    public void subject_isLookedForAsAWhole() {
        // Given
        hold(instance, LONG);
        report(
                1,
                opened(connection("a", subject)),
                opened(connection("b", subject + "x")),
                opened(connection("c", subject.substring(0, subject.length() - 1))),
                opened(connection("d", null)));

        // When, Then
        assertThat(ids(ofSubject())).containsExactly("a");
        assertThat(all(query(null, null, 1000)).stream()
                        .filter(each -> each.instance().equals(instance)))
                .extracting(each -> each.connection().id())
                .containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    public void channel_isLookedForAsAWhole() {
        // Given
        hold(instance, LONG);
        report(
                1,
                opened(connection("a", subject, "chat", "x")),
                opened(connection("b", subject, "chat.42")),
                opened(connection("c", subject, "42.chat")),
                opened(connection("d", subject, "x", "chat")));

        // When, Then
        assertThat(ids(query(subject, "chat", 100))).containsExactly("a", "d");
    }

    @Test
    public void pages_tellEachConnectionOnceAcrossInstances() {
        // Given
        List<String> told = new ArrayList<>();
        for (String each : List.of(instance, instance + "-2", instance + "-3")) {
            hold(each, LONG);
            List<ConnectionChange> changes = IntStream.range(0, 7)
                    .mapToObj(i -> opened(connection(each + "." + i, subject)))
                    .toList();
            assertThat(await(registry().report(each, 1, changes, LONG))).isTrue();
            changes.forEach(change -> told.add(change.id()));
        }

        // When, Then
        for (int limit : new int[] {1, 3, 7, 20, 21, 22}) {
            assertThat(ids(query(subject, null, limit))).isEqualTo(told);
        }
    }

    @Test
    public void fullChannel_isReadToItsEndPageByPage() {
        // Given
        hold(instance, LONG);
        for (int part = 0; part < 3; part++) {
            int from = part * 1000;
            List<ConnectionChange> changes = IntStream.range(from, from + 1000)
                    .mapToObj(i -> opened(connection("%05d".formatted(i), subject, i % 500 == 0 ? "rare" : "usual")))
                    .toList();
            assertThat(await(registry().report(instance, part + 1, changes, LONG)))
                    .isTrue();
        }

        // When, Then
        assertThat(ids(query(subject, "rare", 2)))
                .containsExactly("00000", "00500", "01000", "01500", "02000", "02500");
        assertThat(ids(query(subject, null, 1000))).hasSize(3000).doesNotHaveDuplicates();
    }

    @Test
    public void instanceThatIsSilent_losesItsConnectionsAndIsSwept() {
        // Given
        hold(instance, SHORT);
        await(registry().report(instance, 1, List.of(opened(connection("a", subject))), SHORT));
        assertThat(ids(ofSubject())).containsExactly("a");

        // When
        broker().passTime(SHORT.multipliedBy(2));

        // Then
        assertThat(ids(ofSubject())).isEmpty();
        assertThat(await(registry().watch(instance + "-2", LONG, 0)).swept()).isPositive();
        assertThat(await(registry().report(instance, 2, List.of(), LONG))).isFalse();
    }

    @Test
    public void instanceThatReportsNothing_keepsItsConnections() {
        // Given
        hold(instance, LONG);
        await(registry().report(instance, 1, List.of(opened(connection("a", subject))), SHORT));

        // When
        report(2);
        broker().passTime(SHORT.multipliedBy(2));

        // Then
        assertThat(ids(ofSubject())).containsExactly("a");
    }

    @Test
    public void instanceThatLeaves_isNotListedAnyMore() {
        // Given
        hold(instance, LONG);
        report(1, opened(connection("a", subject)));

        // When
        await(registry().leave(instance));

        // Then
        assertThat(ids(ofSubject())).isEmpty();
    }

    @Test
    public void reportAfterALostOne_isRefused_untilTheInstanceBeginsAnew() {
        // Given
        hold(instance, LONG);
        report(1, opened(connection("a", subject)));

        // When
        boolean taken = await(registry().report(instance, 3, List.of(opened(connection("b", subject))), LONG));

        // Then
        assertThat(taken).isFalse();
        assertThat(ids(ofSubject())).containsExactly("a");
        report(1, opened(connection("c", subject)));
        assertThat(ids(ofSubject())).containsExactly("c");
    }

    @Test
    public void brokerThatForgotAll_isToldAnew() {
        // Given
        hold(instance, LONG);
        report(1, opened(connection("a", subject)));

        // When
        broker().forgetAll();

        // Then
        assertThat(await(registry().report(instance, 2, List.of(), LONG))).isFalse();
        hold(instance, LONG);
        report(1, opened(connection("a", subject)));
        assertThat(ids(ofSubject())).containsExactly("a");
    }

    @Test
    public void ends_areHeardByEachInstanceInTheirOrder() {
        // Given
        long before = newest();

        // When
        ConnectionEnd one = await(registry().end(Kind.CONNECTION, "c-" + name));
        ConnectionEnd two = await(registry().end(Kind.SUBJECT, subject));

        // Then
        assertThat(one.value()).isEqualTo("c-" + name);
        assertThat(two.kind()).isEqualTo(Kind.SUBJECT);
        for (String each : List.of(instance, instance + "-2")) {
            assertThat(await(registry().watch(each, LONG, before)).ends()).containsExactly(one, two);
            assertThat(await(registry().watch(each, LONG, one.serial())).ends()).containsExactly(two);
        }
    }

    @Test
    public void valuesOutOfRange_areRefused() {
        assertThatThrownBy(() -> registry().report(instance, 0, List.of(), LONG))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> registry().report(instance, 1, List.of(), Duration.ofMillis(99)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> registry().watch(instance, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> query(null, null, 1001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConnectionPlace.parse("YQ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void unavailableBroker_isToldInTime() {
        broker().breakDown();
        assertUnavailable(registry().report(instance, 1, List.of(), LONG));
        assertUnavailable(registry().list(ofSubject()));
        broker().repair();
        hold(instance, LONG);
    }

    private ConnectionRegistry registry() {
        return broker().connections();
    }

    private void hold(String whose, Duration lease) {
        await(registry().watch(whose, lease, 0));
    }

    private void report(long number, ConnectionChange... changes) {
        assertThat(await(registry().report(instance, number, List.of(changes), LONG)))
                .isTrue();
    }

    private static ConnectionChange opened(OpenConnection connection) {
        return new ConnectionChange.Opened(connection);
    }

    private static OpenConnection connection(String id, @Nullable String whose, String... channels) {
        return new OpenConnection(id, whose, "127.0.0.1", SINCE, "plain", channels.length, channels(channels));
    }

    private static List<Channel> channels(String... names) {
        return Arrays.stream(names).map(Channel::new).toList();
    }

    private ConnectionQuery ofSubject() {
        return query(subject, null, 100);
    }

    private static ConnectionQuery query(@Nullable String whose, @Nullable String channel, int limit) {
        return new ConnectionQuery(whose, channel == null ? null : new Channel(channel), null, limit);
    }

    private List<ListedConnection> all(ConnectionQuery query) {
        List<ListedConnection> all = new ArrayList<>();
        ConnectionQuery next = query;
        while (true) {
            ConnectionListing page = await(registry().list(next));
            assertThat(page.connections()).hasSizeLessThanOrEqualTo(query.limit());
            all.addAll(page.connections());
            if (page.next() == null) {
                return all;
            }
            // As it comes back over HTTP.
            ConnectionPlace after = ConnectionPlace.parse(page.next().text());
            next = new ConnectionQuery(query.subject(), query.channel(), after, query.limit());
        }
    }

    private List<String> ids(ConnectionQuery query) {
        return all(query).stream().map(each -> each.connection().id()).toList();
    }

    private long newest() {
        List<ConnectionEnd> ends = await(registry().watch(instance, LONG, 0)).ends();
        return ends.isEmpty() ? 0 : ends.getLast().serial();
    }
}
