/// What `observability/` says, compared with the metrics that there are.
///
/// [ObservabilityTest] reads files only; [ObservabilityIT] has a real Prometheus watch an installation. Uses
/// `installation`.
@NullMarked
package dev.fanfare.e2e.observability;

import org.jspecify.annotations.NullMarked;
