package dev.fanfare.certificates;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanfare.testkit.HouseRules;

@AnalyzeClasses(packages = "dev.fanfare.certificates", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule module_dependsOnNoOther = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.fanfare.certificates..",
                    "java..",
                    "jakarta.inject..",
                    "io.quarkus.runtime..",
                    "io.quarkus.tls..",
                    "io.micrometer..",
                    "org.eclipse.microprofile.config..",
                    "org.jspecify..");
}
