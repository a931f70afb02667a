/// Who and what may be published: the limits of the instance and of a message.
///
/// Read [AdmissionGate] first. Uses `publish`.
@NullMarked
package dev.fanfare.publisher.admission;

import org.jspecify.annotations.NullMarked;
