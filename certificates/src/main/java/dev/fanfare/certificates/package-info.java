/// How long the certificates last that a service shows, and those that it believes.
///
/// Read [CertificateMetrics] first. Uses Quarkus and Micrometer only.
@NullMarked
package dev.fanfare.certificates;

import org.jspecify.annotations.NullMarked;
