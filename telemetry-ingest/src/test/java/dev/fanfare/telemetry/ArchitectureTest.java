package dev.fanfare.telemetry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanfare.testkit.HouseRules;
import io.smallrye.config.ConfigMapping;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

@AnalyzeClasses(packages = "dev.fanfare.telemetry", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule arrows_pointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.fanfare.telemetry..")
            .layer("lifecycle")
            .definedBy("dev.fanfare.telemetry.lifecycle..")
            .layer("leadership")
            .definedBy("dev.fanfare.telemetry.leadership..")
            .layer("poll")
            .definedBy("dev.fanfare.telemetry.poll..")
            .layer("publish")
            .definedBy("dev.fanfare.telemetry.publish..")
            .layer("source")
            .definedBy("dev.fanfare.telemetry.source..")
            .whereLayer("lifecycle")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("leadership")
            .mayOnlyBeAccessedByLayers("lifecycle")
            .whereLayer("poll")
            .mayOnlyBeAccessedByLayers("leadership", "lifecycle")
            .whereLayer("publish")
            .mayOnlyBeAccessedByLayers("poll", "lifecycle")
            .whereLayer("source")
            .mayOnlyBeAccessedByLayers("publish", "poll", "leadership", "lifecycle");

    @ArchTest
    static final ArchRule packages_areFreeOfCycles =
            slices().matching("dev.fanfare.telemetry.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule redis_isSpokenToThroughTheContractOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus.redis..", "io.vertx..", "io.smallrye.mutiny..");

    @ArchTest
    static final ArchRule onlyLifecycle_knowsTheModuleBrokerRedis = noClasses()
            .that()
            .resideOutsideOfPackage("dev.fanfare.telemetry.lifecycle..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.fanfare.redis..");

    @ArchTest
    static final ArchRule otherServices_areUnknown = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.fanfare.gateway..", "dev.fanfare.publisher..");

    @ArchTest
    static final ArchRule time_comesFromAClockOrATicker = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.fanfare.telemetry.poll.Ticker$1")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class);

    @ArchTest
    static final ArchRule systemClock_isTakenAtTheStartOnly = noClasses()
            .that()
            .resideOutsideOfPackage("dev.fanfare.telemetry.lifecycle..")
            .should()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule configMappings_liveInTheirFeature = classes()
            .that()
            .areAnnotatedWith(ConfigMapping.class)
            .should()
            .resideInAnyPackage("dev.fanfare.telemetry.source..", "dev.fanfare.telemetry.leadership..");
}
