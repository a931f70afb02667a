package dev.fanfare.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.fanfare.testkit.HouseRules;
import io.smallrye.config.ConfigMapping;
import java.util.function.Predicate;

@AnalyzeClasses(
        packages = {"dev.fanfare.redis", "dev.fanfare.contract"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule contract_knowsNothingOfRedis = noClasses()
            .that()
            .resideInAPackage("dev.fanfare.contract..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.fanfare.redis..", "io.vertx..", "io.quarkus..");

    @ArchTest
    static final ArchRule module_dependsOnNoOtherModuleThanContract = noClasses()
            .that()
            .resideInAPackage("dev.fanfare.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.fanfare.gateway..",
                    "dev.fanfare.messaging..",
                    "dev.fanfare.publisher..",
                    "dev.fanfare.telemetry..",
                    "dev.fanfare.testkit..");

    @ArchTest
    static final ArchRule packages_areFreeOfCycles =
            slices().matching("dev.fanfare.redis.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule wiring_isUsedByNobody = noClasses()
            .that()
            .resideOutsideOfPackage("dev.fanfare.redis.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fanfare.redis.wiring..");

    @ArchTest
    static final ArchRule configMappings_haveTests = classes()
            .that()
            .areAnnotatedWith(ConfigMapping.class)
            .should(satisfy("have a test", ArchitectureTest::hasTest));

    private static boolean hasTest(JavaClass mapping) {
        return ArchitectureTest.class.getResource("/" + mapping.getName().replace('.', '/') + "Test.class") != null;
    }

    private static ArchCondition<JavaClass> satisfy(String description, Predicate<JavaClass> holds) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!holds.test(type)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " does not " + description));
                }
            }
        };
    }
}
