/// What a token lets its bearer do: operations on patterns of channels.
///
/// Read [Capabilities] first. Uses `contract` only.
@NullMarked
package dev.fanfare.access.capability;

import org.jspecify.annotations.NullMarked;
