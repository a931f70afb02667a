package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.RepeatedTest;

class FreePortsTest {

    @RepeatedTest(20)
    void freePort_canBeBoundAndIsNotOneOfTheKernels() throws IOException {
        // When
        int port = FreePorts.next();

        // Then
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertThat(socket.getLocalPort()).isEqualTo(port).isLessThan(32_768);
        }
    }
}
