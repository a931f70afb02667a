/// Who and what may be published: the limits of the instance and of a message.
///
/// Read [AdmissionGate] first. Uses `publish`.
@NullMarked
package dev.fanfare.messaging.admission;

import org.jspecify.annotations.NullMarked;
