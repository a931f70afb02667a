package dev.fanfare.deployment;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanfare.testkit.HouseRules;

@AnalyzeClasses(packages = "dev.fanfare.deployment", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule arrows_pointDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("manifest")
            .definedBy("dev.fanfare.deployment.manifest..")
            .layer("settings")
            .definedBy("dev.fanfare.deployment.settings..")
            .layer("autoscale")
            .definedBy("dev.fanfare.deployment.autoscale..")
            .layer("check")
            .definedBy("dev.fanfare.deployment.check..")
            .layer("simulate")
            .definedBy("dev.fanfare.deployment.simulate..")
            .whereLayer("check")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("simulate")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("manifest")
            .mayNotAccessAnyLayer()
            .whereLayer("settings")
            .mayOnlyAccessLayers("manifest")
            .whereLayer("autoscale")
            .mayOnlyAccessLayers("manifest");
}
