package dev.fanfare.redis.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// The scripts, each with its source and the digest by which Redis knows it.
///
/// The file of `HISTORY_READ` is `redis/history_read.lua`; its head documents keys, arguments and reply.
public enum LuaScript {
    PUBLISH(Index.MAY_GROW, 3, 8, 1, 3),
    HISTORY_READ(Index.MAY_GROW, 3, 5, 0, 0),
    HISTORY_RANGE(2, 3),
    HISTORY_PAGE(2, 5),
    CHANNEL_STATUS(2, 2),
    CHANNEL_LIST(1, 5),
    LEASE_ACQUIRE(1, 2),
    LEASE_RELEASE(1, 1),
    INSTANCE_ANNOUNCE(2, 4),
    REVOCATION_ADD(2, 5),
    REVOCATION_READ(1, 2),
    KEY_CREATE(2, 5),
    KEY_ENABLE(2, 2),
    KEY_FIND(1, 1),
    KEY_REMOVE(2, 1),
    KEY_READ(2, 2),
    SIGNING_ANNOUNCE(1, 4),
    SIGNING_WITHDRAW(1, 1),
    SIGNING_READ(1, 0),
    CONNECTION_REPORT(2, 3),
    CONNECTION_WATCH(2, 3),
    CONNECTION_END(1, 4),
    CONNECTION_INSTANCES(1, 0),
    CONNECTION_LIST(1, 5),
    BUDGET_SPEND(1, 1);

    private final int keys;
    private final int arguments;
    private final int keysEach;
    private final int argumentsEach;
    private final String source;
    private final String sha1;

    /// Whether a script may give a channel its epoch, and so enters it into the index: `redis/channel_index.lua`.
    private enum Index {
        STAYS,
        MAY_GROW
    }

    LuaScript(int keys, int arguments) {
        this(Index.STAYS, keys, arguments, 0, 0);
    }

    /// A script that takes any number of items, at least one, behind what all calls have.
    LuaScript(Index index, int keys, int arguments, int keysEach, int argumentsEach) {
        this.keys = keys;
        this.arguments = arguments;
        this.keysEach = keysEach;
        this.argumentsEach = argumentsEach;
        String own = read(name().toLowerCase(Locale.ROOT));
        this.source = index == Index.MAY_GROW ? read("channel_index") + own : own;
        this.sha1 = sha1Of(source);
    }

    private static String read(String name) {
        String resource = "/redis/" + name + ".lua";
        try (InputStream in = LuaScript.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Redis names scripts by SHA-1. It guards nothing here.
    private static String sha1Of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// Whether it can be called with so many keys and arguments.
    public boolean takes(int keyCount, int argumentCount) {
        int items = keysEach == 0 ? 0 : Math.max(1, (keyCount - keys) / keysEach);
        return keyCount == keys + items * keysEach && argumentCount == arguments + items * argumentsEach;
    }

    public String source() {
        return source;
    }

    /// 40 hexadecimal digits.
    public String sha1() {
        return sha1;
    }
}
