package dev.fanfare.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Something that runs as long as the test class that registers it as an extension.
abstract class ClassResource implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

    /// JUnit calls extensions again for nested classes, inside the calls for the outer one.
    private @Nullable Class<?> outermost;

    @Override
    public final void beforeAll(ExtensionContext context) {
        if (outermost == null) {
            outermost = context.getRequiredTestClass();
            start();
        }
    }

    @Override
    public final void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().equals(outermost)) {
            outermost = null;
            close();
        }
    }

    /// Starts it and waits until it can be used.
    public abstract ClassResource start();

    @Override
    public abstract void close();
}
