/// Reading: the past of a channel in pages.
///
/// Read [HistoryPages] first. Uses nothing of the other packages.
@NullMarked
package dev.fanfare.messaging.read;

import org.jspecify.annotations.NullMarked;
