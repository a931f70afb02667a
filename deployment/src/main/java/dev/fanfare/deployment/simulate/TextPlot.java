package dev.fanfare.deployment.simulate;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Draws what was so over time for a terminal: a panel of blocks per figure.
final class TextPlot {

    private static final int COLUMNS = 96;
    private static final int ROWS = 6;
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
    private static final int STEPS = BLOCKS.length() - 1;

    private final Timeline timeline;
    private final StringBuilder text = new StringBuilder();

    TextPlot(Timeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public String toString() {
        text.setLength(0);
        panel("clients that want to be connected", Timeline.Second::wanted);
        panel("clients that are connected", Timeline.Second::connected);
        panel("gateways that take clients", Timeline.Second::ready);
        panel("connections of the fullest gateway", Timeline.Second::fullest);
        panel("handshakes refused per second", Timeline.Second::refused);
        panel("clients moved per second", Timeline.Second::moved);
        int minutes = timeline.seconds().size() / 60;
        String end = minutes + " min";
        text.append(String.format(Locale.ROOT, "%10s 0%s%s%n", "", " ".repeat(COLUMNS - 1 - end.length()), end));
        return text.toString();
    }

    private void panel(String title, ToDoubleFunction<Timeline.Second> value) {
        double[] columns = timeline.columns(value, COLUMNS);
        double top = Math.max(1, timeline.max(value));
        text.append(String.format(Locale.ROOT, "%10s %s%n", "", title));
        for (int row = ROWS - 1; row >= 0; row--) {
            String label = row == ROWS - 1 ? String.format(Locale.ROOT, "%,.0f", top) : row == 0 ? "0" : "";
            text.append(String.format(Locale.ROOT, "%10s ", label));
            for (double column : columns) {
                long filled = Math.round(column / top * ROWS * STEPS) - (long) row * STEPS;
                text.append(BLOCKS.charAt(Math.clamp(filled, 0, STEPS)));
            }
            text.append('\n');
        }
    }
}
