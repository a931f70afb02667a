/// How often somebody may do something, over all instances.
///
/// Read [Limits] first; the hard class is [SharedBudgets], explained in its head.
@NullMarked
package dev.fanfare.access.limit;

import org.jspecify.annotations.NullMarked;
