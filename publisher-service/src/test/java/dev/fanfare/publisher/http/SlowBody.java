package dev.fanfare.publisher.http;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A body of thirty bytes that takes a fifth of a second for each.
final class SlowBody extends InputStream {

    private static final int LENGTH = 30;
    private static final long MILLIS_PER_BYTE = 200;

    private final CountDownLatch never = new CountDownLatch(1);
    private int given;

    @Override
    public int read() throws InterruptedIOException {
        try {
            never.await(MILLIS_PER_BYTE, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return given++ < LENGTH ? 'x' : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws InterruptedIOException {
        int next = read();
        if (next < 0) {
            return -1;
        }
        into[from] = (byte) next;
        return 1;
    }
}
