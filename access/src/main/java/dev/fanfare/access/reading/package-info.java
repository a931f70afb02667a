/// Following what is kept elsewhere by asking for it. Read [ReadingLoop]. Uses nothing of this module.
@NullMarked
package dev.fanfare.access.reading;

import org.jspecify.annotations.NullMarked;
