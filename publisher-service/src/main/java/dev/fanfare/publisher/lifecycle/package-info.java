/// Start and stop of the service, and what it needs from its surroundings.
///
/// Nothing depends on this package.
@NullMarked
package dev.fanfare.publisher.lifecycle;

import org.jspecify.annotations.NullMarked;
