package dev.fanfare.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.messaging.publish.Published;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {

    @Test
    void problem_hasTheMembersOfRfc9457AndOurs() {
        // When
        String json = new Problem(ErrorCode.BODY_INVALID, "there is no field \"a\nb\"").toJson();

        // Then
        assertThat(json).isEqualTo("""
                {"type":"/v1/errors/body-invalid","title":"The body lacks a field or has a wrong one","status":400,\
                "code":40011,"detail":"there is no field \\"a\\nb\\"","remedy":"Compare it with the API page."}""");
    }

    @Test
    void receipt_hasItsDocumentedForm() {
        // Given
        var published = new Published(new Channel("a/b'c"), "\"i\"", new StreamPosition("e1", 7), true);

        // When
        String json = new PublishReceipt(published).toJson();

        // Then
        assertThat(json)
                .isEqualTo(
                        "{\"channel\":\"a/b'c\",\"id\":\"\\\"i\\\"\",\"epoch\":\"e1\",\"offset\":7,\"duplicate\":true}");
    }

    @ParameterizedTest
    @CsvSource({
        "400, REQUEST_MALFORMED",
        "404, NOT_FOUND",
        "405, METHOD_NOT_ALLOWED",
        "406, NOT_ACCEPTABLE",
        "413, MESSAGE_TOO_LARGE",
        "415, MEDIA_TYPE_UNSUPPORTED",
        "417, REQUEST_MALFORMED"
    })
    void statusOfTheFramework_hasACode(int status, ErrorCode code) {
        // When, Then
        assertThat(RefusedStatus.codeOf(status)).isEqualTo(code);
        assertThat(RefusedStatus.detailOf(code)).isNotBlank();
    }
}
