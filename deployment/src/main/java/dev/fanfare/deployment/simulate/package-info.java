/// Gateways under an autoscaler, played second by second: clients that come and go, pods that start and drain,
/// metrics that are late. Read `SimulateHpa`, then `Simulation`.
@NullMarked
package dev.fanfare.deployment.simulate;

import org.jspecify.annotations.NullMarked;
