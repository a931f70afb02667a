/// Messages as they are stored in Redis and spliced into frames, and their positions.
///
/// Read [Message], then [StoredMessage]. Uses `channel`, `failure` and Jackson's streaming parser.
@NullMarked
package dev.fanfare.contract.message;

import org.jspecify.annotations.NullMarked;
