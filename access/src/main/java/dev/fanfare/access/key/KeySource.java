package dev.fanfare.access.key;

import java.io.IOException;

/// Where the bytes of a key set come from. May block; called on a virtual thread of its own.
@FunctionalInterface
interface KeySource {

    /// The bytes as they are now.
    ///
    /// @throws IOException if the source cannot be reached, does not answer in time or answers too much
    byte[] read() throws IOException, InterruptedException;
}
