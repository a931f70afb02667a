/// What must hold in every rendering of the manifests. Read `Rule` and `ManifestCheck` first; each other type is
/// one rule.
@NullMarked
package dev.fanfare.deployment.check;

import org.jspecify.annotations.NullMarked;
