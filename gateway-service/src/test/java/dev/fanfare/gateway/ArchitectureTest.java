package dev.fanfare.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanfare.testkit.HouseRules;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.Future;

@AnalyzeClasses(packages = "dev.fanfare.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests house = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule arrows_pointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("lifecycle")
            .definedBy("..gateway.lifecycle..")
            .layer("edge")
            .definedBy("..gateway.edge..")
            .layer("connection")
            .definedBy("..gateway.connection..")
            .layer("command")
            .definedBy("..gateway.command..")
            .layer("recovery")
            .definedBy("..gateway.recovery..")
            .layer("access")
            .definedBy("..gateway.access..")
            .layer("registry")
            .definedBy("..gateway.registry..")
            .layer("hub")
            .definedBy("..gateway.hub..")
            .whereLayer("lifecycle")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("edge")
            .mayOnlyBeAccessedByLayers("lifecycle")
            .whereLayer("connection")
            .mayOnlyBeAccessedByLayers("edge", "lifecycle")
            .whereLayer("command")
            .mayOnlyBeAccessedByLayers("connection")
            .whereLayer("recovery")
            .mayOnlyBeAccessedByLayers("command", "connection", "lifecycle")
            .whereLayer("access")
            .mayOnlyBeAccessedByLayers("command", "connection", "edge", "lifecycle")
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers("connection")
            .whereLayer("hub")
            .mayOnlyBeAccessedByLayers("recovery", "command", "connection");

    @ArchTest
    static final ArchRule packages_areFreeOfCycles =
            slices().matching("dev.fanfare.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule redis_isSpokenToByTheBrokerOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus.redis..", "io.vertx.redis..", "io.vertx.mutiny.redis..");

    @ArchTest
    static final ArchRule webSocketExtension_isKnownAtTheEdgeOnly = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.edge..")
            .and()
            .doNotHaveSimpleName("ConnectionWriter")
            .and()
            .doNotHaveSimpleName("Connections")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quarkus.websockets.next..");

    @ArchTest
    static final ArchRule messaging_isUsedByCommandsOnly = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.command..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fanfare.messaging..");

    @ArchTest
    static final ArchRule vertxInternals_areKnownToOneClass = noClasses()
            .that()
            .doNotHaveSimpleName("NettyChannels")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..impl..");

    @ArchTest
    static final ArchRule nothing_blocks = noClasses()
            .should()
            .callMethodWhere(describe("it waits", ArchitectureTest::waits))
            .because("the gateway runs on event loops");

    private static boolean waits(JavaAccess<?> call) {
        String name = call.getTarget().getName();
        boolean isFuture = call.getTarget().getOwner().isAssignableTo(Future.class);
        return name.endsWith("AndAwait")
                || name.equals("await")
                || (name.equals("sleep") && call.getTarget().getOwner().isEquivalentTo(Thread.class))
                || (isFuture && (name.equals("join") || name.equals("get")));
    }

    @ArchTest
    static final ArchRule socketCallbacks_runOnTheEventLoop = methods()
            .that()
            .areAnnotatedWith(OnOpen.class)
            .or()
            .areAnnotatedWith(OnTextMessage.class)
            .or()
            .areAnnotatedWith(OnBinaryMessage.class)
            .or()
            .areAnnotatedWith(OnClose.class)
            .or()
            .areAnnotatedWith(OnError.class)
            .should()
            .haveRawReturnType(Uni.class);
}
