package dev.fanfare.benchmarks.moves;

import dev.fanfare.benchmarks.load.Journey;

/// What has happened to the clients while something happened to the gateways.
record Phase(String name, Journey journey) {}
