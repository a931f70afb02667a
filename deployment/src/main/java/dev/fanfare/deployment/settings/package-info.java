/// What the services can be told, and what a container of the manifests tells them. Read `ServiceSettings` first.
@NullMarked
package dev.fanfare.deployment.settings;

import org.jspecify.annotations.NullMarked;
