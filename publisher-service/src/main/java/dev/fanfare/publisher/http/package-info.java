/// The HTTP API: requests in, receipts and problems out.
///
/// Read [PublishResource] first, then [PublishReading] for what a request may look like. Uses `admission`
/// and `publish`. JSON is written by hand from records that are small and flat: nothing here needs
/// reflection, which keeps the native executable small and its behaviour the same.
@NullMarked
package dev.fanfare.publisher.http;

import org.jspecify.annotations.NullMarked;
