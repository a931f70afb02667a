package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerIT {

    @Test
    void restart_keepsTheAddressAndLosesTheData() {
        try (RedisServer redis = RedisServer.disposable().start()) {
            // Given
            URI before = redis.uri();
            redis.execute("SET", "k", "v");

            // When
            redis.restart();

            // Then
            assertThat(redis.uri()).isEqualTo(before);
            assertThat(redis.execute("GET", "k")).isNull();
        }
    }

    @Test
    void appendOnlyServer_keepsTheDataOverAPowerCut() {
        try (RedisServer redis =
                RedisServer.with(RedisOptions.defaults().withAppendOnly()).start()) {
            // Given
            redis.execute("SET", "k", "v");

            // When
            redis.kill();
            redis.start();

            // Then
            assertThat(redis.execute("GET", "k")).isEqualTo("v");
        }
    }

    @Test
    void stoppedServer_refusesConnections() {
        try (RedisServer redis = RedisServer.disposable().start()) {
            // When
            redis.stop();

            // Then
            assertThatThrownBy(() -> redis.execute("PING")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void pausedServer_answersOnlyAfterResume() throws IOException {
        try (RedisServer redis = RedisServer.disposable().start()) {
            URI uri = redis.uri();

            // When
            redis.pause();

            // Then
            assertThatThrownBy(() -> ping(uri, Duration.ofMillis(200))).isInstanceOf(IOException.class);
            redis.resume();
            assertThat(ping(uri, Duration.ofSeconds(5))).isEqualTo("PONG");
        }
    }

    @Test
    void pausedServer_canBeClosed() {
        // Given
        RedisServer redis = RedisServer.disposable().start();
        URI uri = redis.uri();
        redis.pause();

        // When
        redis.close();

        // Then
        assertThatThrownBy(() -> ping(uri, Duration.ofSeconds(1))).isInstanceOf(IOException.class);
    }

    @Test
    void passwordServer_refusesWhoDoesNotLogIn() {
        try (RedisServer redis =
                RedisServer.with(RedisOptions.defaults().withPassword("sesame")).start()) {
            assertThat(redis.execute("PING")).isEqualTo("PONG");
            assertThatThrownBy(() -> ping(redis.uri(), Duration.ofSeconds(1)))
                    .isInstanceOf(RespClient.RedisErrorException.class)
                    .hasMessageStartingWith("NOAUTH");
        }
    }

    @Test
    void tlsServer_speaksTlsOnly(@TempDir Path folder) {
        RedisOptions options = RedisOptions.defaults().withTls(TlsFiles.generate(folder));
        try (RedisServer redis = RedisServer.with(options).start()) {
            assertThat(redis.uri()).hasScheme("rediss");
            assertThat(redis.execute("PING")).isEqualTo("PONG");
            assertThatThrownBy(() -> ping(redis.uri(), Duration.ofSeconds(1))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void localProcess_isAChildOfThisJvmEvenWhereContainersCanBeHad() {
        try (RedisServer redis = RedisServer.localProcess().start()) {
            // When
            String server = String.valueOf(redis.execute("INFO", "server"));

            // Then
            assertThat(ProcessHandle.current().children().map(child -> "process_id:" + child.pid()))
                    .anyMatch(server.lines().toList()::contains);
        }
    }

    @Test
    void serverThatWasNotStarted_saysSo() {
        assertThatThrownBy(() -> RedisServer.disposable().uri())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not started");
    }

    private static @Nullable Object ping(URI uri, Duration deadline) throws IOException {
        try (var client = new RespClient(SocketFactory.getDefault(), uri.getHost(), uri.getPort(), deadline)) {
            return client.execute("PING");
        }
    }
}
