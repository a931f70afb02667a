package dev.fanfare.deployment.simulate;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Draws what was so over time as a picture (SVG), readable on light and on dark pages.
final class SvgPlot {

    private static final int WIDTH = 900;
    private static final int LEFT = 80;
    private static final int RIGHT = 20;
    private static final int PANEL = 130;
    private static final int GAP = 46;
    private static final int TOP = 64;
    private static final int POINTS = 300;
    private static final int TICKS = 6;

    private final Played played;
    private final Timeline timeline;
    private final Formatter svg = new Formatter(Locale.ROOT);

    private record Line(String name, String colour, ToDoubleFunction<Timeline.Second> value) {}

    SvgPlot(Played played) {
        this.played = played;
        this.timeline = played.timeline();
    }

    /// The picture; asked for once.
    String draw() {
        List<List<Line>> panels = List.of(
                List.of(
                        new Line("clients that want to be connected", "#8a8f98", Timeline.Second::wanted),
                        new Line("clients that are", "#2f81f7", Timeline.Second::connected)),
                List.of(
                        new Line("gateways with the wanted mean", "#8a8f98", Timeline.Second::ideal),
                        new Line("asked for", "#d29922", Timeline.Second::asked),
                        new Line("that take clients", "#3fb950", Timeline.Second::ready)),
                List.of(new Line("connections of the fullest gateway", "#a371f7", Timeline.Second::fullest)),
                List.of(
                        new Line("handshakes refused per second", "#f85149", Timeline.Second::refused),
                        new Line("clients moved per second", "#2f81f7", Timeline.Second::moved)));
        int height = TOP + panels.size() * (PANEL + GAP);
        svg.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\"",
                WIDTH, height);
        svg.format(" font-size=\"13\" fill=\"#8a8f98\">\n");
        svg.format(
                "<text x=\"%d\" y=\"24\" font-size=\"16\">%s: ",
                LEFT, played.scenario().id());
        svg.format("%s</text>\n", played.scenario().story());
        int y = TOP;
        for (List<Line> lines : panels) {
            panel(lines, y);
            y += PANEL + GAP;
        }
        return svg.format("</svg>%n").toString();
    }

    private void panel(List<Line> lines, int y) {
        double top = Math.max(
                1,
                lines.stream()
                        .mapToDouble(line -> timeline.max(line.value()))
                        .max()
                        .orElse(1));
        int x = LEFT;
        for (Line line : lines) {
            svg.format("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n", x, y - 8, line.colour(), line.name());
            x += 8 * line.name().length();
        }
        svg.format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%,.0f</text>\n", LEFT - 8, y + 12, top);
        svg.format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>\n", LEFT - 8, y + PANEL);
        svg.format("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#8a8f98\"/>\n", LEFT, y, y + PANEL, WIDTH - RIGHT);
        ticks(y + PANEL);
        lines.forEach(line -> curve(line, top, y));
    }

    private void ticks(int y) {
        double minutes = timeline.seconds().size() / 60.0;
        for (int i = 0; i <= TICKS; i++) {
            double x = LEFT + (double) (WIDTH - LEFT - RIGHT) * i / TICKS;
            String unit = i == TICKS ? " min" : "";
            svg.format(
                    "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\" font-size=\"11\">%.0f%s</text>\n",
                    x, y + 15, minutes * i / TICKS, unit);
        }
    }

    private void curve(Line line, double top, int y) {
        double[] columns = timeline.columns(line.value(), POINTS);
        svg.format("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"%s\" points=\"", line.colour());
        for (int i = 0; i < POINTS; i++) {
            double x = LEFT + (double) (WIDTH - LEFT - RIGHT) * i / (POINTS - 1);
            svg.format("%.0f,%.1f ", x, y + PANEL * (1 - columns[i] / top));
        }
        svg.format("\"/>\n");
    }
}
