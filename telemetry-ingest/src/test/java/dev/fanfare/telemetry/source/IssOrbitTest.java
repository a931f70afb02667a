package dev.fanfare.telemetry.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import dev.fanfare.telemetry.source.IssOrbit.GroundPoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IssOrbitTest {

    private static final double EARTH_RADIUS_KM = 6371;

    /// Thirty moments between 2015 and 2045; the seed makes a failure repeatable.
    static Stream<Instant> moments() {
        var random = new SplittableRandom(1998);
        return Stream.generate(() -> Instant.ofEpochSecond(random.nextLong(1_420_000_000L, 2_366_000_000L)))
                .limit(30);
    }

    @ParameterizedTest
    @MethodSource("moments")
    void everyLatitude_isWithinTheInclination(Instant start) {
        for (int second = 0; second < 6_000; second += 7) {
            GroundPoint point = IssOrbit.at(start.plusSeconds(second));
            assertThat(point.latitude()).isBetween(-51.6001, 51.6001);
            assertThat(point.longitude()).isBetween(-180.0, 180.0);
        }
    }

    @ParameterizedTest
    @MethodSource("moments")
    void oneRevolution_reachesBothExtremes(Instant start) {
        // When
        List<Double> latitudes = Stream.iterate(0, s -> s < 5_561, s -> s + 1)
                .map(second -> IssOrbit.at(start.plusSeconds(second)).latitude())
                .toList();

        // Then
        assertThat(latitudes.stream().mapToDouble(Double::doubleValue).max().orElseThrow())
                .isCloseTo(51.6, within(0.01));
        assertThat(latitudes.stream().mapToDouble(Double::doubleValue).min().orElseThrow())
                .isCloseTo(-51.6, within(0.01));
    }

    /// 7.2 km/s is the circumference over the period; the ground turns along below, by up to 0.46 km/s,
    /// so against the surface the station's foot point makes 6.9 km/s or so.
    @ParameterizedTest
    @MethodSource("moments")
    void groundSpeed_isPlausibleAndSteady(Instant start) {
        for (int second = 0; second < 5_600; second += 11) {
            double km = distanceKm(IssOrbit.at(start.plusSeconds(second)), IssOrbit.at(start.plusSeconds(second + 1)));
            assertThat(km).isBetween(6.8, 7.3);
        }
    }

    @ParameterizedTest
    @MethodSource("moments")
    void ascendingNodes_areOnePeriodApartAndMoveWest(Instant start) {
        // When
        List<Instant> nodes = ascendingNodes(start, 3);

        // Then
        double period = Duration.between(nodes.get(0), nodes.get(1)).toMillis() / 1000.0;
        assertThat(period).isCloseTo(92.68 * 60, within(1.0));
        double drift = Math.IEEEremainder(
                IssOrbit.at(nodes.get(1)).longitude()
                        - IssOrbit.at(nodes.get(0)).longitude(),
                360);
        assertThat(drift).isBetween(-24.0, -23.0);
    }

    @Test
    void thePlaneItself_turnsFiveDegreesADayToTheWest() {
        // Given: after a sidereal day the ground is where it was against the stars
        List<Instant> nodes = ascendingNodes(IssOrbit.EPOCH, 17);

        // When: what the node moves beyond the turn of the earth
        double days = Duration.between(nodes.getFirst(), nodes.getLast()).toMillis() / 86_400_000.0;
        double moved = IssOrbit.at(nodes.getLast()).longitude()
                - IssOrbit.at(nodes.getFirst()).longitude();
        double beyondEarth = Math.IEEEremainder(moved + 360.9856 * days, 360) / days;

        // Then
        assertThat(beyondEarth).isCloseTo(-5.0, within(0.1));
    }

    @Test
    void epoch_isANorthboundCrossingAtLongitudeZero() {
        // When
        GroundPoint atEpoch = IssOrbit.at(IssOrbit.EPOCH);
        GroundPoint later = IssOrbit.at(IssOrbit.EPOCH.plusSeconds(60));

        // Then
        assertThat(atEpoch).isEqualTo(new GroundPoint(0, 0));
        assertThat(later.latitude()).isPositive();
        assertThat(later.longitude()).isPositive();
    }

    @Test
    void sample_hasTheFieldsOfThePublicApiAndSaysThatItIsSimulated() {
        // Given
        var orbit = new IssOrbit(Clock.fixed(IssOrbit.EPOCH.plusMillis(600_900), ZoneOffset.UTC));

        // When
        FetchOutcome outcome = orbit.fetch(null);

        // Then
        RawJson data = ((Fetched) outcome).sample().data();
        assertThat(data.toString())
                .matches("\\{\"iss_position\":\\{\"latitude\":\"-?\\d{1,2}\\.\\d{4}\","
                        + "\"longitude\":\"-?\\d{1,3}\\.\\d{4}\"},"
                        + "\"timestamp\":1735690200,\"message\":\"success\",\"source\":\"simulated\"}");
    }

    @Test
    void samplesWithinOneSecond_areTheSame() {
        // Given
        var early = new IssOrbit(Clock.fixed(Instant.ofEpochMilli(1_800_000_000_000L), ZoneOffset.UTC));
        var late = new IssOrbit(Clock.fixed(Instant.ofEpochMilli(1_800_000_000_999L), ZoneOffset.UTC));

        // When, Then
        assertThat(early.fetch(null)).isEqualTo(late.fetch(null));
    }

    /// The first `count` moments after `start` at which the equator is crossed to the north, to the millisecond.
    private static List<Instant> ascendingNodes(Instant start, int count) {
        var nodes = new ArrayList<Instant>();
        Instant at = start;
        while (nodes.size() < count) {
            Instant next = at.plusSeconds(10);
            if (latitude(at) < 0 && latitude(next) >= 0) {
                nodes.add(crossing(at, next));
            }
            at = next;
        }
        return nodes;
    }

    private static Instant crossing(Instant south, Instant north) {
        Instant low = south;
        Instant high = north;
        while (Duration.between(low, high).toMillis() > 1) {
            Instant middle = low.plus(Duration.between(low, high).dividedBy(2));
            if (latitude(middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double latitude(Instant time) {
        return IssOrbit.at(time).latitude();
    }

    private static double distanceKm(GroundPoint from, GroundPoint to) {
        double fromLatitude = Math.toRadians(from.latitude());
        double toLatitude = Math.toRadians(to.latitude());
        double halfLatitude = (toLatitude - fromLatitude) / 2;
        double halfLongitude = Math.toRadians(Math.IEEEremainder(to.longitude() - from.longitude(), 360)) / 2;
        double h = Math.pow(Math.sin(halfLatitude), 2)
                + Math.cos(fromLatitude) * Math.cos(toLatitude) * Math.pow(Math.sin(halfLongitude), 2);
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h));
    }
}
