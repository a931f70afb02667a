/// From what a caller wants to publish to a stored message.
///
/// Read [Publishing] first. Uses nothing of the other packages.
@NullMarked
package dev.fanfare.messaging.publish;

import org.jspecify.annotations.NullMarked;
