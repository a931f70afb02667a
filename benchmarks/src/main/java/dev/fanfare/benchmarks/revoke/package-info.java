/// How long those who are revoked stay connected.
@NullMarked
package dev.fanfare.benchmarks.revoke;

import org.jspecify.annotations.NullMarked;
