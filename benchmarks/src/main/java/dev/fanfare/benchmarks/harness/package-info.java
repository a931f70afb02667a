/// What every benchmark needs: its options, spreads of figures, and where they were measured.
@NullMarked
package dev.fanfare.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
