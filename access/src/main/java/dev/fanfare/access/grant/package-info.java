/// From who comes, with or without a token, to what they may do.
///
/// Read [Doorkeeper] first. Uses `token` and `capability`.
@NullMarked
package dev.fanfare.access.grant;

import org.jspecify.annotations.NullMarked;
