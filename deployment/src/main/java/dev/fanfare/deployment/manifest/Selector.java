package dev.fanfare.deployment.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/// A label selector: which labels it fits.
///
/// @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">labels and
///     selectors</a>
public record Selector(JsonNode tree) {

    /// Whether every requirement holds; one without any fits everything.
    public boolean fits(Map<String, String> labels) {
        return KubeObject.strings(tree.path("matchLabels")).entrySet().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
                && Workload.elements(tree.path("matchExpressions")).stream().allMatch(each -> fits(each, labels));
    }

    private static boolean fits(JsonNode expression, Map<String, String> labels) {
        String key = expression.path("key").asText();
        List<String> values = Workload.elements(expression.path("values")).stream()
                .map(JsonNode::asText)
                .toList();
        boolean has = labels.containsKey(key);
        return switch (expression.path("operator").asText()) {
            case "In" -> has && values.contains(labels.get(key));
            case "NotIn" -> !has || !values.contains(labels.get(key));
            case "Exists" -> has;
            case "DoesNotExist" -> !has;
            default -> throw new IllegalArgumentException("no such operator: " + expression);
        };
    }
}
