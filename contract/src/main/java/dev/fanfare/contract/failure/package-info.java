/// Everything that can go wrong, with a number, a cause and a remedy for each.
///
/// Read [ErrorCode] first. Uses nothing but the JDK; every other package may use it.
@NullMarked
package dev.fanfare.contract.failure;

import org.jspecify.annotations.NullMarked;
