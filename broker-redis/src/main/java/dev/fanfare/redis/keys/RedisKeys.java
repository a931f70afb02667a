package dev.fanfare.redis.keys;

import dev.fanfare.contract.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Every key and pub/sub name of an installation. Nothing else concatenates one.
///
/// ```text
/// f:{tag}:s:<channel>        stream of publications
/// f:{tag}:m:<channel>        meta hash: epoch, offset, fence
/// f:{tag}:i:<channel> <id>   result of the publish with this message id
/// f:{tag}:p:<channel>        presence
/// f:{tag}:c                  index of the channels of the partition
/// f:{tag}:<channel>          pub/sub name of announcements
/// f:{tag}:*<id>              pub/sub name of a feed connection's test messages
/// f:{name}:lease             lease
/// f:{service}:instances      instances of a service that are well
/// f:{service}:loads          what they have to do
/// f:{revocations}:log        revocations by serial
/// f:{revocations}:ends       when they may be forgotten
/// f:{keys}:all               API keys
/// f:{keys}:changes           when they changed last
/// f:{signing}:keys           public keys of those who sign tokens
/// f:{connections}:leases     gateway instances that tell of their connections
/// f:{connections}:ends       connections that are to be closed
/// f:{<instance>}:connections connections of an instance
/// f:{<instance>}:reports     number of its last report
/// f:{<hash>}:budget          what is spent of a budget
/// ```
///
/// The parts of one channel share a hash tag, so one script call touches one slot. Names need no
/// escapes: a channel has neither braces nor spaces, which [Channel] checks.
public final class RedisKeys {

    /// Longest prefix, in characters.
    public static final int MAX_PREFIX_LENGTH = 32;

    /// So much of a hash that no two budgets meet, by chance or on purpose.
    private static final int BUDGET_HASH_BYTES = 16;

    private final String prefix;

    /// @param prefix what all keys begin with before the first colon, 1 to 32 characters of `a-z`,
    ///     `A-Z`, `0-9`, `-`, `_`, `.` and `:`
    public RedisKeys(String prefix) {
        if (!prefix.matches("[a-zA-Z0-9_.:-]{1," + MAX_PREFIX_LENGTH + "}")) {
            throw new IllegalArgumentException("not a key prefix: \"" + prefix + "\"");
        }
        this.prefix = prefix;
    }

    /// The stream of the publications of `channel`.
    public String stream(Channel channel) {
        return tagged(channel) + "s:" + channel.name();
    }

    /// The hash with the epoch, the newest offset and the newest fence of `channel`.
    public String meta(Channel channel) {
        return tagged(channel) + "m:" + channel.name();
    }

    /// The result of the publish of the message `messageId` to `channel`.
    public String idempotency(Channel channel, String messageId) {
        return tagged(channel) + "i:" + channel.name() + " " + messageId;
    }

    /// Who is present in `channel`.
    public String presence(Channel channel) {
        return tagged(channel) + "p:" + channel.name();
    }

    /// The names of the channels of `partition`.
    public String channels(Partition partition) {
        return prefix + ":{" + partition.tag() + "}:c";
    }

    /// The pub/sub name under which the publications of `channel` are announced.
    public String announcement(Channel channel) {
        return tagged(channel) + channel.name();
    }

    /// The pub/sub name of the test messages of one feed connection, in the slot of `partition`.
    ///
    /// @param id tells connections apart, visible ASCII characters without `{` and `}`
    public String canary(Partition partition, String id) {
        // No channel name has a star, so nobody can subscribe or publish to this one through us.
        return prefix + ":{" + partition.tag() + "}:*" + id;
    }

    /// The channel that `announcement` made `pubSubName` of; empty for any other name.
    public Optional<Channel> channelOf(String pubSubName) {
        int close = pubSubName.indexOf("}:");
        String name = close < 0 ? "" : pubSubName.substring(close + 2);
        return Channel.isValid(name)
                ? Optional.of(new Channel(name))
                        .filter(channel -> announcement(channel).equals(pubSubName))
                : Optional.empty();
    }

    /// The lease `name`.
    public String lease(String name) {
        return prefix + ":{" + name + "}:lease";
    }

    /// The instances of `service` that are well.
    public String instances(String service) {
        return prefix + ":{" + service + "}:instances";
    }

    /// What the instances of `service` have to do. In one slot with [#instances].
    public String loads(String service) {
        return prefix + ":{" + service + "}:loads";
    }

    /// The revocations, by serial. In one slot with [#revocationEnds].
    public String revocations() {
        return prefix + ":{revocations}:log";
    }

    /// When each of the revocations may be forgotten.
    public String revocationEnds() {
        return prefix + ":{revocations}:ends";
    }

    /// The API keys. In one slot with [#apiKeyChanges].
    public String apiKeys() {
        return prefix + ":{keys}:all";
    }

    /// The versions of the API keys.
    public String apiKeyChanges() {
        return prefix + ":{keys}:changes";
    }

    /// The public keys of those who sign tokens.
    public String publicKeys() {
        return prefix + ":{signing}:keys";
    }

    /// The gateway instances whose connections count. In one slot with [#connectionEnds].
    public String connectionLeases() {
        return prefix + ":{connections}:leases";
    }

    /// Which connections are to be closed, by serial.
    public String connectionEnds() {
        return prefix + ":{connections}:ends";
    }

    /// The connections of `instance`. In one slot with [#connectionReports].
    public String connections(String instance) {
        return prefix + ":{" + instance + "}:connections";
    }

    /// The number of the last report of `instance`.
    public String connectionReports(String instance) {
        return prefix + ":{" + instance + "}:reports";
    }

    /// What is spent of `budget`, any text. The name shows nothing of it, and its slot is as good as random.
    public String budget(String budget) {
        byte[] hash = sha256(budget);
        return prefix + ":{" + HexFormat.of().formatHex(hash, 0, BUDGET_HASH_BYTES) + "}:budget";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String tagged(Channel channel) {
        return prefix + ":{" + Partition.of(channel).tag() + "}:";
    }
}
