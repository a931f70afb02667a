/// The servers that are measured, each as a process of its own on the servers' core.
///
/// Read [Peer]. `./dev bench setup` brings those that are not ours. Uses `load`, `redis` and `harness`.
@NullMarked
package dev.fanfare.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
