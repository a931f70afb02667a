/// The keys that issuers sign with, and where they come from.
///
/// Read [IssuerKeys] first. Uses nothing of this module.
@NullMarked
package dev.fanfare.access.key;

import org.jspecify.annotations.NullMarked;
