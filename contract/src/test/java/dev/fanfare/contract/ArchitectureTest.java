package dev.fanfare.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.fanfare", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule contract_usesOnlyTheJdkJspecifyAndJacksonCore = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.fanfare.contract..", "java..", "org.jspecify..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule packages_areFreeOfCycles =
            slices().matching("dev.fanfare.contract.(*)..").should().beFreeOfCycles();
}
