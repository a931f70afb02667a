package dev.fanfare.publisher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.fanfare.publisher", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule arrows_pointFromHttpToPublish = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("http")
            .definedBy("dev.fanfare.publisher.http..")
            .layer("admission")
            .definedBy("dev.fanfare.publisher.admission..")
            .layer("publish")
            .definedBy("dev.fanfare.publisher.publish..")
            .layer("lifecycle")
            .definedBy("dev.fanfare.publisher.lifecycle..")
            .whereLayer("lifecycle")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("http")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admission")
            .mayOnlyBeAccessedByLayers("http", "lifecycle")
            .whereLayer("publish")
            .mayOnlyBeAccessedByLayers("http", "admission", "lifecycle");

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
    static final ArchRule fields_areNotInjected = noFields().should().beAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule staticFields_areFinal =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule names_sayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Util|Utils|Data|Info|DTO|Bean|Base|Service|Controller)");

    @ArchTest
    static final ArchRule timeAndChance_areInjected = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class);

    @ArchTest
    static final ArchRule chance_hasOneSource = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("MessageIds")
            .should()
            .callConstructor(SecureRandom.class);

    @ArchTest
    static final ArchRule packages_areNullMarked = noClasses()
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "be in a package without @NullMarked",
                    (JavaClass type) -> !type.getPackage().isAnnotatedWith(NullMarked.class))));
}
