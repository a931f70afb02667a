/// How this instance starts, says how it is, and leaves. Nothing depends on it.
@NullMarked
package dev.fanfare.gateway.lifecycle;

import org.jspecify.annotations.NullMarked;
