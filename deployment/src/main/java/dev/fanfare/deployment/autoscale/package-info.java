/// The algorithm of Kubernetes' HorizontalPodAutoscaler, without Kubernetes. Read `Autoscaler` first.
@NullMarked
package dev.fanfare.deployment.autoscale;

import org.jspecify.annotations.NullMarked;
