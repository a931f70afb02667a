package dev.fanfare.publisher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanfare.testkit.HouseRules;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HttpMethod;
import java.security.SecureRandom;

@AnalyzeClasses(packages = "dev.fanfare.publisher", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule arrows_pointFromHttpToPublish = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("http")
            .definedBy("dev.fanfare.publisher.http..")
            .layer("admission")
            .definedBy("dev.fanfare.publisher.admission..")
            .layer("publish")
            .definedBy("dev.fanfare.publisher.publish..")
            .layer("read")
            .definedBy("dev.fanfare.publisher.read..")
            .layer("lifecycle")
            .definedBy("dev.fanfare.publisher.lifecycle..")
            .whereLayer("lifecycle")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("http")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admission")
            .mayOnlyBeAccessedByLayers("http", "lifecycle")
            .whereLayer("publish")
            .mayOnlyBeAccessedByLayers("http", "admission", "lifecycle")
            .whereLayer("read")
            .mayOnlyBeAccessedByLayers("http", "lifecycle");

    @ArchTest
    static final ArchRule redis_isTheBrokersBusiness = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus.redis..", "io.vertx.redis..", "io.vertx.mutiny.redis..");

    @ArchTest
    static final ArchRule onlyReadiness_knowsBrokerRedis = noClasses()
            .that()
            .resideOutsideOfPackage("dev.fanfare.publisher.lifecycle..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fanfare.redis..");

    @ArchTest
    static final ArchRule otherServices_areUnknown = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.fanfare.gateway..", "dev.fanfare.telemetry..");

    @ArchTest
    static final ArchRule code_isStraightLine =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.smallrye.mutiny..");

    @ArchTest
    static final ArchRule resources_runOnVirtualThreads =
            methods().that().areMetaAnnotatedWith(HttpMethod.class).should().beAnnotatedWith(RunOnVirtualThread.class);

    @ArchTest
    static final ArchRule chance_hasOneSource = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("MessageIds")
            .should()
            .callConstructor(SecureRandom.class);
}
