package dev.fanfare.tracing;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import org.jspecify.annotations.Nullable;

/// Has nothing recorded or sent as long as `fanfare.tracing.endpoint` is not set: OpenTelemetry by itself would send
/// to a collector on this host, whether there is one or not.
///
/// Made by SmallRye Config, which finds it in `META-INF/services`.
@Priority(Priorities.LIBRARY + 700)
public final class TracingSwitch implements ConfigSourceInterceptor {

    static final String ENDPOINT = "fanfare.tracing.endpoint";
    static final String SDK_DISABLED = "quarkus.otel.sdk.disabled";

    private static final long serialVersionUID = 1;

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        if (!SDK_DISABLED.equals(name) || isSetByHand(value)) {
            return value;
        }
        return disabled(!isEndpointSet(context));
    }

    /// Whether the value is no default. Ours is one as well at run time, because the build has seen it.
    private static boolean isSetByHand(@Nullable ConfigValue value) {
        return value != null && value.getConfigSourceOrdinal() > 0;
    }

    private static boolean isEndpointSet(ConfigSourceInterceptorContext context) {
        ConfigValue endpoint = context.proceed(ENDPOINT);
        return endpoint != null
                && endpoint.getValue() != null
                && !endpoint.getValue().isBlank();
    }

    private static ConfigValue disabled(boolean isDisabled) {
        return ConfigValue.builder()
                .withName(SDK_DISABLED)
                .withValue(Boolean.toString(isDisabled))
                .withRawValue(Boolean.toString(isDisabled))
                .withConfigSourceName(TracingSwitch.class.getSimpleName())
                .build();
    }
}
