/// How every service begins: by running, or by saying whether the one that runs is ready.
///
/// Read [Launch] first. Uses Quarkus only.
@NullMarked
package dev.fanfare.launch;

import org.jspecify.annotations.NullMarked;
