package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private final MetricsPage page = new MetricsPage("""
            # TYPE reads_total counter
            reads_total{code="a b",loop="0"} 2.0
            reads_total{code="c",loop="1"} 1.5E1
            reads_total_more 9.0
            plain 4.0
            """);

    @Test
    void samplesOfAMetric_areAddedWhateverTheirTags() {
        assertThat(page.sum("reads_total")).hasValue(17);
        assertThat(page.sum("plain")).hasValue(4);
    }

    @Test
    void metricThatIsNotThere_hasNoSum() {
        assertThat(page.sum("reads")).isEmpty();
    }
}
