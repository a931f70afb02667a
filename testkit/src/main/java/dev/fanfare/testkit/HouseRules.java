package dev.fanfare.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/// What holds in every module, for its architecture test:
///
/// ```java
/// @ArchTest
/// static final ArchTests house = ArchTests.in(HouseRules.class);
/// ```
public final class HouseRules {

    @ArchTest
    static final ArchRule fields_areNotInjected = noFields().should().beAnnotatedWith("jakarta.inject.Inject");

    @ArchTest
    static final ArchRule staticFields_areFinal =
            fields().that().areStatic().should().beFinal();

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
    static final ArchRule names_sayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Util|Utils|Data|Info|DTO|Bean|Base|Service|Controller)");

    @ArchTest
    static final ArchRule packages_areNullMarked = noClasses()
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "be in a package without @NullMarked",
                    (JavaClass type) -> !type.getPackage().isAnnotatedWith(NullMarked.class))));

    private HouseRules() {}
}
