package dev.fanfare.deployment.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    private static final Map<String, String> LABELS = Map.of("app", "a", "tier", "front");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                      | true
            {matchLabels: {app: a}}                                                 | true
            {matchLabels: {app: a, tier: front}}                                    | true
            {matchLabels: {app: b}}                                                 | false
            {matchLabels: {other: a}}                                               | false
            {matchExpressions: [{key: app, operator: In, values: [a, b]}]}          | true
            {matchExpressions: [{key: app, operator: In, values: [b]}]}             | false
            {matchExpressions: [{key: other, operator: In, values: [a]}]}           | false
            {matchExpressions: [{key: app, operator: NotIn, values: [b]}]}          | true
            {matchExpressions: [{key: app, operator: NotIn, values: [a]}]}          | false
            {matchExpressions: [{key: other, operator: NotIn, values: [a]}]}        | true
            {matchExpressions: [{key: app, operator: Exists}]}                      | true
            {matchExpressions: [{key: other, operator: Exists}]}                    | false
            {matchExpressions: [{key: other, operator: DoesNotExist}]}              | true
            {matchLabels: {app: a}, matchExpressions: [{key: tier, operator: DoesNotExist}]} | false
            """)
    void requirements_allHold(String selector, boolean fits) throws IOException {
        // Given
        var parsed = new Selector(new YAMLMapper().readTree(selector));

        // When
        boolean fit = parsed.fits(LABELS);

        // Then
        assertThat(fit).isEqualTo(fits);
    }
}
