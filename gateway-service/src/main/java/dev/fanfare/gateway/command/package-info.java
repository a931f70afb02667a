/// What a client may ask for, and how it is obeyed.
///
/// Read [CommandDispatcher]. [Client] knows who asks, and `access` what they may do. Uses `recovery`, `hub`, `contract`
/// and `messaging`, which nobody else here uses.
@NullMarked
package dev.fanfare.gateway.command;

import org.jspecify.annotations.NullMarked;
