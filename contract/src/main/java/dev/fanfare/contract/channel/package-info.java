/// Channels, the patterns that select them and the rules that apply to them.
///
/// Read [Channel] first. Uses nothing but the JDK.
@NullMarked
package dev.fanfare.contract.channel;

import org.jspecify.annotations.NullMarked;
