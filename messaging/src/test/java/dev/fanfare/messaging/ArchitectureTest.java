package dev.fanfare.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanfare.testkit.HouseRules;
import java.security.SecureRandom;

@AnalyzeClasses(packages = "dev.fanfare.messaging", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule arrows_pointFromAdmissionToPublish = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("admission")
            .definedBy("dev.fanfare.messaging.admission..")
            .layer("publish")
            .definedBy("dev.fanfare.messaging.publish..")
            .layer("read")
            .definedBy("dev.fanfare.messaging.read..")
            .whereLayer("admission")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("publish")
            .mayOnlyBeAccessedByLayers("admission")
            .whereLayer("read")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule module_knowsNoTransportAndNoRedis = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.fanfare.redis..",
                    "dev.fanfare.gateway..",
                    "dev.fanfare.publisher..",
                    "dev.fanfare.telemetry..",
                    "io.vertx..",
                    "io.netty..",
                    "io.smallrye.mutiny..",
                    "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule chance_hasOneSource = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("MessageIds")
            .should()
            .callConstructor(SecureRandom.class);
}
