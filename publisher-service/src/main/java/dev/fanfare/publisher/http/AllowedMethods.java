package dev.fanfare.publisher.http;

import jakarta.ws.rs.HttpMethod;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/// The methods of a path, for the `Allow` header.
///
/// RFC 9110 wants it with every 405, and Quarkus REST leaves it out. This is the one place that knows its
/// routing tables.
final class AllowedMethods {

    private AllowedMethods() {}

    /// The methods of the current request's path, in alphabetical order.
    static Set<String> ofCurrentRequest() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        var resources = new RequestMapper<>(request.getDeployment().getClassMappers());
        var match = resources.map(request.getPathWithoutPrefix());
        Set<String> methods = new TreeSet<>();
        if (match != null) {
            String remaining = match.remaining.isEmpty() ? "/" : match.remaining;
            for (ServerRestHandler handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler routing) {
                    addMethods(routing, remaining, methods);
                }
            }
        }
        return methods;
    }

    /// Whether the current request's path exists, but not for its method.
    static boolean excludeCurrentRequest() {
        Set<String> methods = ofCurrentRequest();
        return !methods.isEmpty()
                && !methods.contains(CurrentRequestManager.get().getMethod());
    }

    private static void addMethods(ClassRoutingHandler routing, String remaining, Set<String> methods) {
        routing.getMappers().forEach((method, paths) -> {
            if (method != null && paths.map(remaining) != null) {
                methods.add(method);
                methods.add(HttpMethod.OPTIONS);
            }
        });
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
    }
}
