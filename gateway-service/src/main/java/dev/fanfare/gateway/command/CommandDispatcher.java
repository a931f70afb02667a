package dev.fanfare.gateway.command;

import static java.util.Objects.requireNonNull;

import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.grant.Grant;
import dev.fanfare.access.grant.Verdict;
import dev.fanfare.access.token.Token;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.frame.ClientFrame;
import dev.fanfare.contract.frame.FrameCodec;
import dev.fanfare.contract.frame.FrameReading;
import dev.fanfare.contract.frame.RequestId;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.gateway.hub.Join;
import dev.fanfare.gateway.hub.LoopHub;
import dev.fanfare.gateway.hub.Outbound;
import dev.fanfare.gateway.hub.Subscription;
import dev.fanfare.gateway.hub.WireFrame;
import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Obeys the requests of one connection and knows its subscriptions. Confined to the connection's
/// event loop.
public final class CommandDispatcher {

    private final Client client;
    private final LoopHub hub;
    private final Outbound outbound;
    private final Commands commands;
    private final CommandConfig config;
    private final Map<Channel, Subscription> subscriptions = new HashMap<>(2);
    private int publishesInFlight;
    private int readsInFlight;
    private boolean isAuthenticating;
    private boolean isOver;
    private Runnable leaveShare = () -> {};
    private Runnable onGrant = () -> {};
    private Runnable onSubscriptions = () -> {};

    CommandDispatcher(Client client, LoopHub hub, Outbound outbound, Commands commands) {
        this.client = client;
        this.hub = hub;
        this.outbound = outbound;
        this.commands = commands;
        this.config = commands.config();
    }

    /// Has `task` run whenever the client may do something else than before.
    public void onGrant(Runnable task) {
        onGrant = task;
    }

    /// Has `task` run whenever there are other subscriptions than before.
    public void onSubscriptions(Runnable task) {
        onSubscriptions = task;
    }

    /// The channels of the subscriptions.
    public Set<Channel> channels() {
        return Collections.unmodifiableSet(subscriptions.keySet());
    }

    /// Obeys or refuses what one text frame asks for.
    public void onText(String text) {
        switch (FrameCodec.read(text)) {
            case FrameReading.Understood understood -> obey(understood.frame());
            case FrameReading.Refused refused -> refuse(refused.code(), refused.detail(), refused.id());
        }
    }

    /// Refuses a binary frame: no request comes as one.
    public void onBinary() {
        refuse(ErrorCode.FRAME_BINARY, ErrorCode.FRAME_BINARY.remedy(), null);
    }

    private void obey(ClientFrame frame) {
        commands.metrics().obeyed(frame);
        switch (frame) {
            case ClientFrame.Subscribe subscribe -> subscribe(subscribe);
            case ClientFrame.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
            case ClientFrame.Publish publish -> publish(publish);
            case ClientFrame.History history -> readHistory(history);
            case ClientFrame.Auth auth -> authenticate(auth);
            case ClientFrame.Ping ping -> answer(new ServerFrame.Pong(ping.id()));
        }
    }

    /// Subscribing again is acknowledged again and changes nothing: each message comes once.
    private void subscribe(ClientFrame.Subscribe request) {
        Optional<Verdict.Refused> refusal = refusalOf(request);
        if (refusal.isPresent()) {
            refuse(refusal.get().code(), refusal.get().detail(), request.id());
            return;
        }
        if (request.start() instanceof StartPoint.Newest(int messages) && messages > config.maxRewind()) {
            refuse(ErrorCode.REWIND_TOO_FAR, "at most " + config.maxRewind() + " messages", request.id());
            return;
        }
        Subscription subscription = subscriptions.get(request.channel());
        if (subscription == null) {
            if (subscriptions.size() >= config.maxSubscriptions()) {
                refuse(ErrorCode.TOO_MANY_SUBSCRIPTIONS, "at most " + config.maxSubscriptions(), request.id());
                return;
            }
            subscription = hub.subscribe(request.channel(), outbound);
            subscriptions.put(request.channel(), subscription);
            onSubscriptions.run();
        }
        commands.channels().join(new Join(subscription, request.start(), request.id()));
    }

    private Optional<Verdict.Refused> refusalOf(ClientFrame.Subscribe request) {
        Optional<Verdict.Refused> refusal = refusal(Operation.SUBSCRIBE, request.channel());
        return refusal.isEmpty() && isRewind(request.start()) ? refusal(Operation.HISTORY, request.channel()) : refusal;
    }

    private Optional<Verdict.Refused> refusal(Operation operation, Channel channel) {
        return commands.admittance().refusal(client.grant(), operation, channel);
    }

    private static boolean isRewind(StartPoint start) {
        return switch (start) {
            case StartPoint.Now _, StartPoint.After _ -> false;
            case StartPoint.Newest _, StartPoint.Within _ -> true;
        };
    }

    private void unsubscribe(ClientFrame.Unsubscribe request) {
        Subscription subscription = subscriptions.remove(request.channel());
        if (subscription != null) {
            end(subscription);
            onSubscriptions.run();
        }
        if (request.id() != null) {
            answer(new ServerFrame.Unsubscribed(request.channel(), request.id()));
        }
    }

    private void end(Subscription subscription) {
        if (hub.unsubscribe(subscription)) {
            commands.channels().leave(subscription.channel());
        }
    }

    private void publish(ClientFrame.Publish request) {
        int most = config.maxPublishesInFlight();
        if (publishesInFlight == most) {
            answer(commands.publishing()
                    .refuse(
                            request,
                            "at most " + most + " publishes of a connection are taken at a time; nothing was stored"));
            return;
        }
        publishesInFlight++;
        whenDone(commands.publishing().start(client, request), answer -> {
            publishesInFlight--;
            answer.ifPresent(this::answer);
        });
    }

    private void readHistory(ClientFrame.History request) {
        int most = config.maxReadsInFlight();
        if (readsInFlight == most) {
            answer(commands.history()
                    .refuse(request, "at most " + most + " reads of a connection are taken at a time"));
            return;
        }
        readsInFlight++;
        whenDone(commands.history().start(client, request), answer -> {
            readsInFlight--;
            answer(answer);
        });
    }

    /// The requests before this one keep what they were allowed, those after it may be refused while the key of the
    /// token is looked for.
    private void authenticate(ClientFrame.Auth request) {
        if (isAuthenticating) {
            refuse(ErrorCode.TOO_MANY_REQUESTS, "one token of a connection is looked at at a time", request.id());
            return;
        }
        isAuthenticating = true;
        var verified = commands.admittance()
                .readmit(client.grant(), request.token(), client.address())
                .toCompletableFuture();
        whenDone(verified, verdict -> {
            isAuthenticating = false;
            switch (verdict) {
                case Verdict.Granted(Grant grant) -> acceptWithinShare(grant, request.id());
                case Verdict.Refused(ErrorCode code, String detail) -> refuse(code, detail, request.id());
            }
        });
    }

    /// Who has come as a stranger is one more of its subject now; who has brought a token was counted at the door.
    private void acceptWithinShare(Grant grant, @Nullable RequestId id) {
        Token token = grant.token();
        if (isOver || client.token() != null || token == null) {
            accept(grant, id);
            return;
        }
        commands.shares()
                .enter(token)
                .ifPresentOrElse(
                        leave -> {
                            leaveShare = leave;
                            accept(grant, id);
                        },
                        () -> refuse(ErrorCode.TOO_MANY_CONNECTIONS, "the subject has as many as it may", id));
    }

    private void accept(Grant grant, @Nullable RequestId id) {
        client.grant(grant);
        Token token = grant.token();
        if (id != null && token != null) {
            answer(new ServerFrame.Authenticated(id, token.subject(), token.expiresAt()));
        }
        endWhatIsNotAllowed();
        onGrant.run();
    }

    /// Ends the subscriptions that the client may not have any more, and tells it.
    public void endWhatIsNotAllowed() {
        Map<Channel, ErrorCode> lost = new HashMap<>();
        subscriptions
                .keySet()
                .forEach(channel ->
                        refusal(Operation.SUBSCRIBE, channel).ifPresent(refused -> lost.put(channel, refused.code())));
        lost.forEach((channel, reason) -> {
            end(requireNonNull(subscriptions.remove(channel)));
            answer(new ServerFrame.SubscriptionEnded(channel, reason));
        });
        if (!lost.isEmpty()) {
            onSubscriptions.run();
        }
    }

    /// Whether `kind` holds for the rule of each channel that is subscribed to.
    public boolean isSubscribedOnlyTo(Predicate<ChannelRule> kind) {
        return subscriptions.keySet().stream().map(hub::ruleFor).allMatch(kind);
    }

    /// Has `action` take what `done` completes with, on the event loop: at once if it is complete.
    private <T> void whenDone(CompletableFuture<T> done, Consumer<T> action) {
        if (done.isDone()) {
            action.accept(done.resultNow());
        } else {
            var _ = done.thenAccept(result -> hub.execute(() -> action.accept(result)));
        }
    }

    /// The connection is over: nothing more is wanted.
    public void close() {
        isOver = true;
        leaveShare.run();
        leaveShare = () -> {};
        subscriptions.values().forEach(this::end);
        subscriptions.clear();
    }

    private void refuse(ErrorCode code, String detail, @Nullable RequestId id) {
        answer(new ServerFrame.Failed(code, detail, id));
    }

    private void answer(ServerFrame frame) {
        if (frame instanceof ServerFrame.Failed failed) {
            commands.metrics().refused(failed.code());
        }
        if (isOver) {
            return;
        }
        ByteBuf buffer = WireFrame.of(frame);
        outbound.send(buffer);
        buffer.release();
    }
}
