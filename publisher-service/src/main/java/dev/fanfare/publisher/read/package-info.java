/// Reading: the past of a channel in pages.
///
/// Read [HistoryPages] first. Uses nothing of this service.
@NullMarked
package dev.fanfare.publisher.read;

import org.jspecify.annotations.NullMarked;
