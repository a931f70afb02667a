/// Tokens for those who hold API keys: the keys that sign them, and what may be in them.
///
/// Read [TokenIssuing] first, then [SigningKeys]. Uses `access` and `contract.broker`, knows nothing of HTTP.
@NullMarked
package dev.fanfare.publisher.issue;

import org.jspecify.annotations.NullMarked;
