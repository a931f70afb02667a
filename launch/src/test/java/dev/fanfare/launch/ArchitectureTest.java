package dev.fanfare.launch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanfare.testkit.HouseRules;

@AnalyzeClasses(packages = "dev.fanfare.launch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule module_dependsOnNoOther = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.fanfare.launch..", "java..", "io.quarkus.runtime..", "org.jspecify..");

    /// The JVM image asks for health with this module's jar alone.
    @ArchTest
    static final ArchRule quarkus_isNotNeededToAsk = noClasses()
            .that()
            .doNotHaveSimpleName("Launch")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quarkus..");
}
