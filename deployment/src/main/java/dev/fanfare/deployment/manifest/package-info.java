/// Rendered manifests as what they are: objects, workloads, selectors. Read `Manifests` first. It knows Kubernetes
/// and nothing of ours.
@NullMarked
package dev.fanfare.deployment.manifest;

import org.jspecify.annotations.NullMarked;
