package dev.fanfare.contract.failure;

import java.util.Locale;

/// Why a request was refused or failed: the single table behind frames, HTTP problems and documents.
///
/// The number is the HTTP status times 100 plus a serial, so a client that does not know a code still
/// knows its class. `docs/reference/errors.md` is compared with this table by a test.
public enum ErrorCode {
    REQUEST_MALFORMED(
            40000,
            "The request cannot be read",
            "Check the percent-encoding of the address and the syntax of the headers.",
            Retry.NEVER),
    FRAME_NOT_JSON(40001, "Invalid message format", "Send one JSON object per text frame.", Retry.NEVER),
    FRAME_NOT_OBJECT(40002, "Message is not a JSON object", "Send one JSON object per text frame.", Retry.NEVER),
    FRAME_TOO_DEEP(40003, "Message is nested too deeply", "Flatten the message.", Retry.NEVER),
    FRAME_BINARY(40004, "Binary messages are not understood", "Send JSON in text frames.", Retry.NEVER),
    ACTION_UNKNOWN(
            40005,
            "Invalid action or channel name",
            "Use one of subscribe, unsubscribe, publish, history, auth and ping.",
            Retry.NEVER),
    FIELD_INVALID(
            40006, "A field has the wrong type or value", "Compare the field with the protocol page.", Retry.NEVER),
    CHANNEL_INVALID(
            40007,
            "Invalid action or channel name",
            "Use 1 to 255 visible ASCII characters other than \" \\ * { }.",
            Retry.NEVER),
    REWIND_TOO_FAR(40008, "The rewind is beyond the limit", "Ask for fewer messages.", Retry.NEVER),
    BODY_NOT_JSON(40010, "The body is not valid JSON", "Send one JSON object, encoded in UTF-8.", Retry.NEVER),
    BODY_INVALID(40011, "The body lacks a field or has a wrong one", "Compare it with the API page.", Retry.NEVER),
    PARAMETER_INVALID(
            40012,
            "A query parameter or a header is unknown or has a wrong value",
            "Compare it with the API page.",
            Retry.NEVER),
    TOKEN_MISSING(40100, "There is no token", "Send a token; anonymous access is not allowed here.", Retry.NEVER),
    TOKEN_MALFORMED(
            40101,
            "The token cannot be read",
            "Send the whole token as it was issued: three parts of base64url without padding.",
            Retry.NEVER),
    TOKEN_TOO_LONG(
            40102,
            "The token is too long",
            "Issue tokens with fewer claims, or raise fanfare.access.max-token-bytes.",
            Retry.NEVER),
    TOKEN_ISSUER_UNKNOWN(
            40103,
            "The issuer of the token is not trusted",
            "Compare its iss with fanfare.access.issuers, letter by letter.",
            Retry.NEVER),
    TOKEN_ALGORITHM_REFUSED(
            40104,
            "The token is signed in a way that its issuer may not use",
            "Sign it with one of the algorithms that are configured for the issuer.",
            Retry.NEVER),
    TOKEN_KEY_UNKNOWN(
            40105,
            "The key of the token is not known",
            "Name a key of the issuer's key set in kid, and get a new token if the key was withdrawn.",
            Retry.AFTER_TOKEN_REFRESH),
    TOKEN_SIGNATURE_INVALID(
            40106,
            "The signature of the token is wrong",
            "Sign it with the key that it names, and send it unchanged.",
            Retry.NEVER),
    TOKEN_AUDIENCE_WRONG(
            40107,
            "The token is meant for somebody else",
            "Issue it with the audience that is configured for its issuer.",
            Retry.NEVER),
    TOKEN_EXPIRED(40108, "The token has expired", "Get a new token.", Retry.AFTER_TOKEN_REFRESH),
    TOKEN_NOT_YET_VALID(
            40109,
            "The token is not valid yet",
            "Wait until then, or set the clock of the issuer right.",
            Retry.AFTER_BACKOFF),
    TOKEN_LIFETIME_TOO_LONG(
            40110,
            "The token lives too long",
            "Issue tokens for a shorter time, or raise fanfare.access.max-lifetime.",
            Retry.AFTER_TOKEN_REFRESH),
    TOKEN_CLAIM_MISSING(
            40111, "The token lacks a claim", "Issue it with iss, sub, aud, exp and capability.", Retry.NEVER),
    TOKEN_CLAIM_INVALID(
            40112, "A claim of the token has a wrong value", "Compare it with the access page.", Retry.NEVER),
    TOKEN_REVOKED(40113, "The token was revoked", "Get a new token.", Retry.AFTER_TOKEN_REFRESH),
    TOKEN_SUBJECT_CHANGED(
            40114,
            "The token belongs to another subject than the connection",
            "Open another connection for another subject.",
            Retry.NEVER),
    API_KEY_INVALID(
            40115,
            "The API key is unknown, or its secret is wrong",
            "Send id and secret as they were shown when the key was made; a new key counts after a second.",
            Retry.NEVER),
    API_KEY_DISABLED(40116, "The API key is disabled", "Have it enabled again, or use another key.", Retry.NEVER),
    FORBIDDEN(
            40300, "This is not allowed here", "Send a token whose capability allows it on this channel.", Retry.NEVER),
    CAPABILITY_EXCEEDED(
            40301,
            "The token would allow more than the API key does",
            "Ask for a part of what the key allows, with each pattern within one of the key's.",
            Retry.NEVER),
    NOT_FOUND(40400, "There is nothing at this address", "Compare the path with the API page.", Retry.NEVER),
    METHOD_NOT_ALLOWED(40500, "The method is not allowed here", "Use a method of the Allow header.", Retry.NEVER),
    NOT_ACCEPTABLE(40600, "No representation fits the Accept header", "Accept application/json.", Retry.NEVER),
    POSITION_UNKNOWN(
            40900,
            "The position is not in the stream of the channel",
            "Read without it, and take what came between for lost.",
            Retry.NEVER),
    ID_TAKEN(
            40901,
            "The id belongs to another message",
            "Give each message an id of its own, and repeat a message unchanged.",
            Retry.NEVER),
    API_KEY_ENABLED(40902, "The API key is still enabled", "Disable it first.", Retry.NEVER),
    POSITION_TOO_OLD(
            41000,
            "Messages after the position are no longer kept",
            "Read without it, from the oldest message that is kept.",
            Retry.NEVER),
    BODY_INCOMPLETE(
            40800,
            "The body did not arrive in time",
            "Send the whole body at once, and again with the same id if it was cut off.",
            Retry.AFTER_BACKOFF),
    MESSAGE_TOO_LARGE(41300, "The message is too large", "Send less, or raise the limit.", Retry.NEVER),
    TOO_MANY_MESSAGES(41301, "The request has too many messages", "Split it into several requests.", Retry.NEVER),
    MEDIA_TYPE_UNSUPPORTED(
            41500,
            "The content type is not supported",
            "Send application/json, text/plain or application/octet-stream.",
            Retry.NEVER),
    IDS_CONTRADICT(
            42200,
            "The ids of the request contradict each other",
            "Give each message one id, and each id to one message.",
            Retry.NEVER),
    TOO_MANY_REQUESTS(
            42900,
            "The caller has as many requests in hand as it may",
            "Wait for answers, and try again after a pause, that of Retry-After if there is one.",
            Retry.AFTER_BACKOFF),
    TOO_MANY_SUBSCRIPTIONS(
            42901,
            "The connection has too many subscriptions",
            "Unsubscribe, or open another connection.",
            Retry.NEVER),
    RATE_EXCEEDED(
            42902,
            "This was done too often lately",
            "Wait as long as Retry-After or retryAfterMs says, and go on more slowly.",
            Retry.AFTER_BACKOFF),
    TOO_MANY_FAILURES(
            42903,
            "Too many credentials from this address were no good",
            "Wait as long as Retry-After says, and send a credential that was issued.",
            Retry.AFTER_BACKOFF),
    TOO_MANY_CONNECTIONS(
            42904,
            "The subject or the address has as many connections as it may",
            "Close others first, or use one connection for more channels.",
            Retry.AFTER_BACKOFF),
    INTERNAL(50000, "Something failed on our side", "Try again; report it if it stays.", Retry.AFTER_BACKOFF),
    BROKER_UNAVAILABLE(
            50300, "Redis cannot be reached or does not answer", "Try again with the same id.", Retry.AFTER_BACKOFF),
    OVERLOADED(
            50301,
            "The instance has as many requests in hand as it may",
            "Try again after a pause, that of Retry-After if there is one.",
            Retry.AFTER_BACKOFF),
    KEYS_UNAVAILABLE(
            50302,
            "The keys of the token's issuer cannot be read",
            "Try again with the same token; check the issuer's key set if it stays.",
            Retry.AFTER_BACKOFF),
    REVOCATIONS_UNKNOWN(
            50303,
            "It cannot be told at the moment whether the token was revoked",
            "Try again with the same token; check Redis if it stays.",
            Retry.AFTER_BACKOFF),
    API_KEYS_UNKNOWN(
            50304,
            "It cannot be told at the moment whether the API key is good",
            "Try again with the same key; check Redis if it stays.",
            Retry.AFTER_BACKOFF),
    SIGNING_KEY_MISSING(
            50305,
            "There is no key to sign tokens with",
            "Set fanfare.publisher.tokens.signing-folder, and put a private key there.",
            Retry.AFTER_BACKOFF);

    /// What the one who was refused should do about it.
    public enum Retry {
        /// The same request will be refused again.
        NEVER,
        /// The same request may succeed later.
        AFTER_BACKOFF,
        /// The same request may succeed with a new token.
        AFTER_TOKEN_REFRESH
    }

    private final int number;
    private final String text;
    private final String remedy;
    private final Retry retry;

    ErrorCode(int number, String text, String remedy, Retry retry) {
        this.number = number;
        this.text = text;
        this.remedy = remedy;
        this.retry = retry;
    }

    /// HTTP status times 100 plus a serial: five digits.
    public int number() {
        return number;
    }

    /// HTTP status, 400 to 599.
    public int httpStatus() {
        return number / 100;
    }

    /// Kebab-case name, for links, close reasons, logs and metric tags. At most 123 bytes.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What went wrong, one sentence without a full stop.
    public String text() {
        return text;
    }

    /// What to do about it, one imperative sentence.
    public String remedy() {
        return remedy;
    }

    public Retry retry() {
        return retry;
    }
}
