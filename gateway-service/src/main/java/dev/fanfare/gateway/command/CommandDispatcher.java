package dev.fanfare.gateway.command;

import dev.fanfare.contract.channel.Channel;
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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
    private boolean isOver;

    CommandDispatcher(Client client, LoopHub hub, Outbound outbound, Commands commands) {
        this.client = client;
        this.hub = hub;
        this.outbound = outbound;
        this.commands = commands;
        this.config = commands.config();
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
            case ClientFrame.Ping ping -> answer(new ServerFrame.Pong(ping.id()));
        }
    }

    /// Subscribing again is acknowledged again and changes nothing: each message comes once.
    private void subscribe(ClientFrame.Subscribe request) {
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
        }
        commands.channels().join(new Join(subscription, request.start(), request.id()));
    }

    private void unsubscribe(ClientFrame.Unsubscribe request) {
        Subscription subscription = subscriptions.remove(request.channel());
        if (subscription != null) {
            end(subscription);
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
