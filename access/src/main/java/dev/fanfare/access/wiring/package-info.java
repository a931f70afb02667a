/// Configuration to beans.
///
/// Read [AccessConfig] first. Uses every other package; nothing uses it but services that look at the configuration.
@NullMarked
package dev.fanfare.access.wiring;

import org.jspecify.annotations.NullMarked;
