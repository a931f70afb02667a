package dev.fanfare.tracing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanfare.testkit.HouseRules;

@AnalyzeClasses(packages = "dev.fanfare.tracing", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule module_dependsOnNoOtherModuleThanContract = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.fanfare.redis..", "dev.fanfare.gateway..", "dev.fanfare.publisher..");
}
