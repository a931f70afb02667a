/// The installation of `compose.yaml`, tried as whoever runs `docker compose up` would.
///
/// Read [ContainersCheck] first. Its name is that of no test, because it needs a container engine and images:
/// `./dev test --containers` runs it. Uses `installation`.
@NullMarked
package dev.fanfare.e2e.containers;

import org.jspecify.annotations.NullMarked;
