package dev.fanfare.contract.failure;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/// Keeps `docs/reference/errors.md` true. `-Dfanfare.docs.write=true` writes the table anew.
class ErrorsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "reference", "errors.md");
    private static final String HEADER = """
            | code | name | HTTP | what went wrong | what to do | again? |
            |---|---|---|---|---|---|
            """;

    @Test
    void errorsPage_isTheTableOfErrorCode() throws IOException {
        // Given
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf(HEADER));
        String expected = HEADER
                + Arrays.stream(ErrorCode.values())
                        .sorted(Comparator.comparingInt(ErrorCode::number))
                        .map(ErrorsPageTest::row)
                        .collect(joining());
        if (Boolean.getBoolean("fanfare.docs.write")) {
            Files.writeString(PAGE, page.replace(table, expected));
        }

        // When
        page = Files.readString(PAGE);

        // Then
        assertThat(page).endsWith(expected);
    }

    @Test
    void numbersAndSlugs_areUnique() {
        // When
        ErrorCode[] codes = ErrorCode.values();

        // Then
        assertThat(Arrays.stream(codes).map(ErrorCode::number)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(codes).map(ErrorCode::httpStatus)).allMatch(s -> s >= 400 && s <= 599);
    }

    private static String row(ErrorCode code) {
        String again = switch (code.retry()) {
            case NEVER -> "no";
            case AFTER_BACKOFF -> "yes, after a pause";
            case AFTER_TOKEN_REFRESH -> "yes, with a new token";
        };
        return "| %d | `%s` | %d | %s | %s | %s |%n"
                .formatted(code.number(), code.slug(), code.httpStatus(), code.text(), code.remedy(), again);
    }
}
