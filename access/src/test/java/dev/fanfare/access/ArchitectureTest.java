package dev.fanfare.access;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanfare.testkit.HouseRules;

@AnalyzeClasses(packages = "dev.fanfare.access", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule module_dependsOnNoOtherModuleThanContract = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.fanfare.redis..",
                    "dev.fanfare.messaging..",
                    "dev.fanfare.gateway..",
                    "dev.fanfare.publisher..",
                    "dev.fanfare.telemetry..",
                    "dev.fanfare.testkit..");

    @ArchTest
    static final ArchRule packages_areFreeOfCycles =
            slices().matching("dev.fanfare.access.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule capability_knowsNothingOfTokens = noClasses()
            .that()
            .resideInAPackage("dev.fanfare.access.capability..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jose4j..", "io.quarkus..", "jakarta..");
}
