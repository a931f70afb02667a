/// Tokens: who somebody is and what they may do, as a trusted issuer signed it.
///
/// Read [TokenVerifier] first. Uses `capability` and `key`.
@NullMarked
package dev.fanfare.access.token;

import org.jspecify.annotations.NullMarked;
