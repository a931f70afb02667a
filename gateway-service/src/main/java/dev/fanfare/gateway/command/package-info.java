/// What a client may ask for, and how it is obeyed.
///
/// Read [CommandDispatcher]. Uses `recovery`, `hub` and `contract`.
@NullMarked
package dev.fanfare.gateway.command;

import org.jspecify.annotations.NullMarked;
