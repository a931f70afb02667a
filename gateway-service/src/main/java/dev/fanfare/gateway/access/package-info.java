/// How clients show who they are, and when they have to again.
///
/// Read [Admittance] first. Uses the module `access`.
@NullMarked
package dev.fanfare.gateway.access;

import org.jspecify.annotations.NullMarked;
