/// What tests of several modules need: real servers, probes that record, and fakes that pass the same
/// contract tests as the real thing.
///
/// Read [RedisServer] first. Uses `contract`, JUnit and Testcontainers; never `broker-redis`, which
/// tests with it.
@NullMarked
package dev.fanfare.testkit;

import org.jspecify.annotations.NullMarked;
