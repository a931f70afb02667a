package dev.fanfare.launch;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/// The main class of every service.
///
/// | arguments           | what it does                                                                       |
/// |---------------------|------------------------------------------------------------------------------------|
/// | none                | runs the service                                                                   |
/// | `health VARIABLE`   | asks the one that runs at the port in that environment variable whether it is ready, prints
/// what it heard, ends with 0 for yes, 1 for no |
/// | `rehearse VARIABLE` | runs the service until it has answered at that port, for the JVM to learn from, and ends |
///
/// So a container engine can ask in an image that has neither a shell nor another program, and needs nothing of Quarkus
/// for it.
@QuarkusMain
public final class Launch {

    private Launch() {}

    public static void main(String... args) {
        if (args.length == 2) {
            var service = LocalInstance.atPortIn(args[1], System.getenv());
            switch (args[0]) {
                case "health" -> System.exit(report(Health.of(service)));
                case "rehearse" ->
                    Thread.ofPlatform()
                            .daemon()
                            .name("rehearsal")
                            .start(new Rehearsal(service, Rehearsal.PATIENCE, Quarkus::asyncExit));
                default -> {}
            }
        }
        Quarkus.run(args);
    }

    /// Prints it, and says which exit code it is; 2 and above mean something else to container engines.
    private static int report(Health health) {
        return switch (health) {
            case Health.Ready _ -> {
                System.out.println("ready");
                yield 0;
            }
            case Health.NotReady(String why) -> {
                System.out.println(why);
                yield 1;
            }
        };
    }
}
