package dev.fanfare.publisher.http;

import dev.fanfare.contract.failure.ErrorCode;

/// What a status means with which the framework itself refuses a request.
final class RefusedStatus {

    private RefusedStatus() {}

    /// @param status 400 to 499
    static ErrorCode codeOf(int status) {
        return switch (status) {
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 406 -> ErrorCode.NOT_ACCEPTABLE;
            case 413 -> ErrorCode.MESSAGE_TOO_LARGE;
            case 415 -> ErrorCode.MEDIA_TYPE_UNSUPPORTED;
            default -> ErrorCode.REQUEST_MALFORMED;
        };
    }

    static String detailOf(ErrorCode code) {
        return switch (code) {
            case NOT_FOUND -> "no resource has this path";
            case METHOD_NOT_ALLOWED -> "the resource has other methods";
            case NOT_ACCEPTABLE -> "the answer is application/json, or application/problem+json for a problem";
            case MESSAGE_TOO_LARGE -> "the body is larger than the server reads at all";
            case MEDIA_TYPE_UNSUPPORTED -> "the Content-Type is not a media type";
            default -> "the address or a header is malformed";
        };
    }
}
