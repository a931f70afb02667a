package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A client that does what the protocol asks of a good one, with one subscription. Runs on the load's event loop.
final class Traveller {

    /*
     * What it does
     * ------------
     *   asked to reconnect    keeps its connection until its turn, connects anew, resumes there from its position and
     *                         only then says goodbye
     *   the connection ends   comes back after a time by chance, up to 1 s at first, twice as much each time, 10 s at most
     *   refused               the same, or, with `Retry-After`, up to a second after that
     *
     * From the moment at which it resumes only the new connection counts, so nothing comes twice by its own doing.
     */

    private static final long FIRST_BACK_OFF_MILLIS = 1_000;
    private static final long LONGEST_BACK_OFF_MILLIS = 10_000;
    private static final int MAX_HEAD = 8192;
    private static final int MAX_FRAME = 1 << 20;
    private static final int DECIMAL = 10;

    private static final Pattern AFTER = Pattern.compile("\"afterMs\":(\\d+)");
    private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");
    private static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)");

    /// What all of them share.
    interface Host {

        /// Connects `pipeline` to where clients connect.
        void connect(ChannelInitializer<Channel> pipeline, Runnable onFailure);

        /// Runs `task` a little later.
        void later(Runnable task, long millis);

        void onMessage(long sentMicros);

        void onSubscribed();

        void onAsked();

        void onArrival();

        void onCut();

        void onRefused();

        void onTold();
    }

    private final String channelName;
    private final URI address;
    private final Host host;
    private final Sightings sightings = new Sightings();
    private @Nullable Line current;
    private @Nullable String epoch;
    private boolean isConnecting;
    private boolean isOver;
    private int failures;

    /// @param port where clients connect, on the loopback interface
    Traveller(String channelName, int port, Host host) {
        this.channelName = channelName;
        this.address = URI.create("ws://127.0.0.1:" + port + "/ws?resume=true");
        this.host = host;
    }

    Sightings sightings() {
        return sightings;
    }

    boolean isConnected() {
        return current != null && epoch != null;
    }

    void connect() {
        if (isConnecting || isOver) {
            return;
        }
        isConnecting = true;
        var line = new Line();
        host.connect(line, () -> line.failed(0));
    }

    private void comeBackIn(long millis) {
        Line left = current;
        host.later(
                () -> {
                    // Who has got another connection meanwhile has nothing to come back for.
                    if (current == left) {
                        connect();
                    }
                },
                millis);
    }

    private long backOffMillis() {
        long most = Math.min(LONGEST_BACK_OFF_MILLIS, FIRST_BACK_OFF_MILLIS << Math.min(failures++, 10));
        return ThreadLocalRandom.current().nextLong(most);
    }

    /// Ends it for good.
    void close() {
        isOver = true;
        if (current != null) {
            current.leave();
        }
    }

    private String request() {
        String recover =
                epoch == null ? "" : ",\"recover\":{\"epoch\":\"" + epoch + "\",\"offset\":" + sightings.newest() + "}";
        return "{\"action\":\"subscribe\",\"channel\":\"" + channelName + "\",\"id\":1" + recover + "}";
    }

    private void subscribed(String text) {
        if (epoch == null) {
            epoch = textOf(EPOCH, text);
            sightings.beginAfter(Long.parseLong(textOf(OFFSET, text)));
        } else if (!text.contains("\"recovered\":true")) {
            epoch = textOf(EPOCH, text);
            sightings.beginAfter(Long.parseLong(textOf(OFFSET, text)));
            host.onTold();
        }
        host.onSubscribed();
    }

    private static String textOf(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("the gateway answers " + text);
        }
        return matcher.group(1);
    }

    /// One connection.
    private final class Line extends ChannelInitializer<Channel> {

        private @Nullable Channel channel;
        private boolean isDone;

        @Override
        protected void initChannel(Channel fresh) {
            channel = fresh;
            var handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                    address, WebSocketVersion.V13, null, false, new DefaultHttpHeaders(), MAX_FRAME);
            fresh.pipeline()
                    .addLast(new HttpClientCodec())
                    .addLast(new HttpObjectAggregator(MAX_HEAD))
                    .addLast(new WebSocketClientProtocolHandler(handshaker))
                    .addLast(new Frames(this));
        }

        void opened() {
            isConnecting = false;
            failures = 0;
            Line before = current;
            current = this;
            send(request());
            if (epoch != null) {
                host.onArrival();
            }
            if (before != null) {
                before.leave();
            }
            if (isOver) {
                leave();
            }
        }

        private void send(String text) {
            if (channel != null) {
                var _ = channel.writeAndFlush(new TextWebSocketFrame(text), channel.voidPromise());
            }
        }

        void leave() {
            isDone = true;
            Channel left = channel;
            if (left != null) {
                var _ = left.writeAndFlush(new CloseWebSocketFrame()).addListener(ChannelFutureListener.CLOSE);
            }
        }

        void onText(ByteBuf content) {
            if (this != current) {
                return;
            }
            int mark = content.indexOf(content.readerIndex(), content.writerIndex(), Payload.MARK);
            if (mark >= 0) {
                sightings.saw(number(content, mark + 1, Payload.SEQUENCE_DIGITS));
                host.onMessage(number(content, mark + 2 + Payload.SEQUENCE_DIGITS, Payload.TIME_DIGITS));
            } else {
                onEvent(content.toString(UTF_8));
            }
        }

        private static long number(ByteBuf content, int at, int digits) {
            long number = 0;
            for (int i = at; i < at + digits; i++) {
                number = number * DECIMAL + (content.getByte(i) - '0');
            }
            return number;
        }

        private void onEvent(String text) {
            if (text.contains("\"event\":\"reconnect\"")) {
                host.onAsked();
                comeBackIn(Long.parseLong(textOf(AFTER, text)));
            } else if (text.contains("\"event\":\"subscribed\"")) {
                subscribed(text);
            } else if (text.contains("\"event\":\"discontinuity\"")) {
                host.onTold();
            } else if (text.contains("\"error\"")) {
                throw new IllegalStateException("the gateway answers " + text);
            }
        }

        /// The connection has ended, or did not come about.
        ///
        /// @param retryAfterSeconds as the gateway said, or 0
        void failed(long retryAfterSeconds) {
            if (isDone) {
                return;
            }
            isDone = true;
            if (this == current) {
                current = null;
                host.onCut();
            } else {
                isConnecting = false;
                host.onRefused();
            }
            comeBackIn(
                    retryAfterSeconds == 0
                            ? backOffMillis()
                            : TimeUnit.SECONDS.toMillis(retryAfterSeconds)
                                    + ThreadLocalRandom.current().nextLong(FIRST_BACK_OFF_MILLIS));
        }
    }

    /// The end of the pipeline of a connection.
    private static final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> {

        private final Line line;

        Frames(Line line) {
            this.line = line;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                line.opened();
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof TextWebSocketFrame) {
                line.onText(frame.content());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            line.failed(0);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            line.failed(cause instanceof WebSocketClientHandshakeException refused ? retryAfter(refused) : 0);
            var _ = context.close();
        }

        private static long retryAfter(WebSocketClientHandshakeException refused) {
            HttpResponse response = refused.response();
            String seconds = response == null ? null : response.headers().get("Retry-After");
            return seconds != null && seconds.matches("\\d{1,3}") ? Long.parseLong(seconds) : 0;
        }
    }
}
