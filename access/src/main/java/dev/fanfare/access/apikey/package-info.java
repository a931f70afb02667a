/// API keys: credentials of services of ours, which may be turned into tokens.
///
/// Read [ApiKeys] first. Uses `capability`, `grant` and the store of `contract.broker`.
@NullMarked
package dev.fanfare.access.apikey;

import org.jspecify.annotations.NullMarked;
