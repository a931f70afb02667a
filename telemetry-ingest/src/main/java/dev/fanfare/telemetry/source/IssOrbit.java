package dev.fanfare.telemetry.source;

import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A model of the International Space Station that stands in for its public API.
///
/// It answers with the fields of `iss-now.json` and `"source":"simulated"`. The track is what the
/// station's orbit looks like, not where the station is: it starts over the equator at 0° at the epoch
/// below, northbound. The same second always gives the same position, on every instance.
public final class IssOrbit implements TelemetrySource {

    /*
     * A circular orbit whose plane keeps its inclination and turns slowly
     * -------------------------------------------------------------------
     * With u the angle travelled since the ascending node and i the inclination:
     *
     *     sin(latitude)          = sin(i) sin(u)
     *     longitude from node    = atan2(cos(i) sin(u), cos(u))
     *
     * The node moves west over the ground because the earth turns beneath (once per sidereal day) and
     * because the equatorial bulge turns the plane itself (J2, about 5° a day westwards). Per
     * revolution that is about 23.5°.
     *
     * Left out: eccentricity (0.0005 or so), decay and reboosts, and the flattening of the earth, so
     * latitudes are geocentric and end at the inclination.
     */

    /// When the model crosses the equator northbound at longitude 0.
    static final Instant EPOCH = Instant.parse("2025-01-01T00:00:00Z");

    /// From one ascending node to the next, in seconds: 92.68 minutes.
    static final double PERIOD_SECONDS = 92.68 * 60;

    static final double INCLINATION_DEGREES = 51.6;

    /// One turn of the earth against the stars.
    private static final double SIDEREAL_DAY_SECONDS = 86_164.0905;

    /// Turn of the orbital plane by the earth's bulge, degrees a day: -1.5 J2 (R/a)² n cos(i) with a = 6,784 km.
    private static final double NODE_DEGREES_PER_DAY = -4.99;

    private static final double SECONDS_PER_DAY = 86_400;

    private static final double NODE_DEGREES_PER_SECOND =
            NODE_DEGREES_PER_DAY / SECONDS_PER_DAY - 360 / SIDEREAL_DAY_SECONDS;

    /// A place on the ground, in degrees; `longitude` is -180 to 180.
    record GroundPoint(double latitude, double longitude) {}

    private final Clock clock;

    public IssOrbit(Clock clock) {
        this.clock = clock;
    }

    /// The point under the station.
    static GroundPoint at(Instant time) {
        double seconds = time.getEpochSecond() - EPOCH.getEpochSecond() + time.getNano() / 1e9;
        double travelled = 2 * Math.PI * (seconds / PERIOD_SECONDS);
        double inclination = Math.toRadians(INCLINATION_DEGREES);
        double latitude = Math.asin(Math.sin(inclination) * Math.sin(travelled));
        double fromNode = Math.atan2(Math.cos(inclination) * Math.sin(travelled), Math.cos(travelled));
        double longitude = Math.toDegrees(fromNode) + NODE_DEGREES_PER_SECOND * seconds;
        return new GroundPoint(Math.toDegrees(latitude), Math.IEEEremainder(longitude, 360));
    }

    @Override
    public FetchOutcome fetch(@Nullable Sample published) {
        long second = clock.instant().getEpochSecond();
        GroundPoint point = at(Instant.ofEpochSecond(second));
        String json = String.format(
                Locale.ROOT,
                "{\"iss_position\":{\"latitude\":\"%.4f\",\"longitude\":\"%.4f\"},\"timestamp\":%d,"
                        + "\"message\":\"success\",\"source\":\"simulated\"}",
                point.latitude(),
                point.longitude(),
                second);
        try {
            return new Fetched(new Sample(RawJson.parse(json.getBytes(StandardCharsets.UTF_8)), true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
