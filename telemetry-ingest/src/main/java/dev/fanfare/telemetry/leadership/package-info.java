/// Which instance polls a source: the one that holds its lease.
///
/// Read [Leadership]. Uses `poll` and `contract.broker`.
@NullMarked
package dev.fanfare.telemetry.leadership;

import org.jspecify.annotations.NullMarked;
