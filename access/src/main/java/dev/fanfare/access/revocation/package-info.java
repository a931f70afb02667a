/// Tokens that are taken back before they expire.
///
/// Read [Revocations] first. Uses `token` and the log of `contract.broker`.
@NullMarked
package dev.fanfare.access.revocation;

import org.jspecify.annotations.NullMarked;
