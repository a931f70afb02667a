package dev.fanfare.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The test class for which an extension was started.
///
/// JUnit calls extensions again for nested classes, inside the calls for the outer one.
final class ClassScope {

    private @Nullable Class<?> outermost;

    /// Whether `context` is that of the outermost class, which now begins.
    boolean begins(ExtensionContext context) {
        if (outermost != null) {
            return false;
        }
        outermost = context.getRequiredTestClass();
        return true;
    }

    /// Whether `context` is that of the outermost class, which now ends.
    boolean ends(ExtensionContext context) {
        if (!context.getRequiredTestClass().equals(outermost)) {
            return false;
        }
        outermost = null;
        return true;
    }
}
