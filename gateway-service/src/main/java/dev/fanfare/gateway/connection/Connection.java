package dev.fanfare.gateway.connection;

import dev.fanfare.access.token.Token;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.gateway.command.Client;
import dev.fanfare.gateway.command.CommandDispatcher;
import dev.fanfare.gateway.hub.WireFrame;
import dev.fanfare.gateway.registry.Registrar;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One client's WebSocket, while it is open. The unit of confinement: but for [#closeSoon], [#tellSoon],
/// [#tellSoonIf] and [#endedSoon] every method is called on the connection's event loop.
public final class Connection {

    /// An IPv6 address with a zone has 60 characters.
    private static final int MAX_ADDRESS = 64;

    private final String id;
    private final EventLoop loop;
    private final ConnectionWriter writer;
    private final Client client;
    private final CommandDispatcher commands;
    private final InboundBudget budget;
    private final long sinceMillis;
    private final String protocol;
    private int slot;
    private boolean isPlaced;
    private boolean hasAsked;
    private @Nullable Token watched;
    private boolean isWarned;
    private boolean wasHeard = true;
    private boolean isToBeTold;
    private boolean isListed;
    private @Nullable String listedSubject;

    /// @param sinceMillis when it was opened, milliseconds since 1970
    /// @param protocol as it is listed
    Connection(
            String id,
            EventLoop loop,
            ConnectionWriter writer,
            Client client,
            CommandDispatcher commands,
            InboundBudget budget,
            long sinceMillis,
            String protocol) {
        this.id = id;
        this.loop = loop;
        this.writer = writer;
        this.client = client;
        this.commands = commands;
        this.budget = budget;
        this.sinceMillis = sinceMillis;
        this.protocol = protocol;
    }

    /// Unique among the connections of this instance.
    public String id() {
        return id;
    }

    EventLoop loop() {
        return loop;
    }

    /// Greets a client that asked for the native protocol by name.
    void welcome() {
        tell(new ServerFrame.Welcome(id));
    }

    void tell(ServerFrame event) {
        ByteBuf frame = WireFrame.of(event);
        writer.send(frame);
        frame.release();
    }

    /// Tells the client of an event, from any thread.
    void tellSoon(ServerFrame event) {
        loop.execute(() -> tell(event));
    }

    /// Tells the client of an event if `condition` holds for the rule of each of its channels, from any thread.
    void tellSoonIf(ServerFrame event, Predicate<ChannelRule> condition, Runnable onTold) {
        loop.execute(() -> {
            if (commands.isSubscribedOnlyTo(condition)) {
                tell(event);
                onTold.run();
            }
        });
    }

    /// A text frame came.
    public void onText(String text) {
        if (isWithinBudget(text.length())) {
            hasAsked = true;
            commands.onText(text);
        }
    }

    /// A binary frame of `length` bytes came.
    public void onBinary(int length) {
        if (isWithinBudget(length)) {
            commands.onBinary();
        }
    }

    /// A ping or a pong of `length` bytes came; a ping has been answered already.
    public void onControl(int length) {
        var _ = isWithinBudget(length);
    }

    private boolean isWithinBudget(int length) {
        wasHeard = true;
        if (budget.covers(length, System.nanoTime())) {
            return true;
        }
        close(CloseCode.TOO_FAST);
        return false;
    }

    /// Its turn among the connections of the loop has come: it goes, or is pinged and has until its next
    /// turn to be heard of.
    void turn() {
        if (wasHeard) {
            wasHeard = false;
            writer.ping();
        } else {
            close(CloseCode.IDLE);
        }
    }

    /// Whether the time for its first request has come to nothing, and if so the reason to close it.
    @Nullable
    CloseCode overdue() {
        if (!client.isKnown()) {
            return CloseCode.UNAUTHENTICATED;
        }
        return hasAsked ? null : CloseCode.NO_REQUEST;
    }

    /// By which the client may do what it may, or null for a stranger.
    @Nullable
    Token token() {
        return client.token();
    }

    /// For whom its token is, or null for a stranger.
    private @Nullable String subject() {
        Token token = client.token();
        return token == null ? null : token.subject();
    }

    /// Has it be told anew; returns whether that was not so yet.
    boolean beToldSoon() {
        boolean isNews = !isToBeTold;
        isToBeTold = true;
        return isNews;
    }

    /// Tells `registrar` how it stands.
    void tellOf(Registrar registrar) {
        isToBeTold = false;
        String subject = subject();
        if (isListed && !Objects.equals(subject, listedSubject)) {
            registrar.gone(listedSubject, id);
        }
        isListed = true;
        listedSubject = subject;
        Set<Channel> channels = commands.channels();
        registrar.opened(new OpenConnection(
                id,
                subject,
                printable(client.address()),
                Instant.ofEpochMilli(sinceMillis),
                protocol,
                channels.size(),
                OpenConnection.told(channels)));
    }

    /// What a proxy said may be anything; what stands in Redis has no tabs and no line breaks.
    private static String printable(String address) {
        return address.chars().allMatch(c -> c > ' ' && c < 127) && address.length() <= MAX_ADDRESS ? address : "?";
    }

    /// Tells `registrar` that it is closed.
    void tellGone(Registrar registrar) {
        if (isListed) {
            registrar.gone(listedSubject, id);
        }
    }

    /// Closes it if it is of `subject`; from any thread.
    void endedSoon(String subject) {
        loop.execute(() -> {
            if (subject.equals(subject())) {
                close(CloseCode.ENDED_BY_ADMIN);
            }
        });
    }

    /// A revocation has taken effect that is about its token if `isMeant` says so.
    void revoked(Revocation revocation, BiPredicate<Revocation, Token> isMeant) {
        Token token = client.token();
        if (token == null || !isMeant.test(revocation, token)) {
            return;
        }
        if (revocation.target().kind() == RevocationTarget.Kind.CHANNEL) {
            commands.endWhatIsNotAllowed();
        } else {
            close(CloseCode.TOKEN_REVOKED);
        }
    }

    /// The token whose end is being waited for.
    @Nullable
    Token watched() {
        return watched;
    }

    void watched(Token token) {
        watched = token;
        isWarned = false;
    }

    /// Tells the client, once, that the token that is watched is about to end.
    void warn() {
        if (watched != null && !isWarned) {
            isWarned = true;
            tell(new ServerFrame.TokenExpiring(watched.expiresAt()));
        }
    }

    /// Bytes that wait for the client.
    long queuedBytes() {
        return writer.queuedBytes();
    }

    /// Where it stands among the connections of its loop.
    int slot() {
        return slot;
    }

    void placedAt(int newSlot) {
        slot = newSlot;
        isPlaced = true;
    }

    /// Whether it is still among them.
    boolean isPlaced() {
        return isPlaced;
    }

    void displaced() {
        isPlaced = false;
    }

    /// The WebSocket has ended, by whomever; its socket is about to be closed.
    public void onClosed() {
        commands.close();
        writer.ended();
    }

    public void close(CloseCode code) {
        writer.close(code);
    }

    /// Ends it without a word, if it has not ended yet.
    void cut() {
        writer.cut();
    }

    /// Starts the closing handshake from any thread.
    public void closeSoon(CloseCode code) {
        loop.execute(() -> close(code));
    }
}
