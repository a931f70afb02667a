package dev.fanfare.publisher;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanfare.testkit.HouseRules;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HttpMethod;

@AnalyzeClasses(packages = "dev.fanfare.publisher", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule onlyHttp_knowsAnotherPackage_andThatIsIssue = slices().matching("dev.fanfare.publisher.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    resideInAPackage("dev.fanfare.publisher.http.."),
                    resideInAPackage("dev.fanfare.publisher.issue.."));

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
}
