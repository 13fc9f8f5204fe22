package org.thurn.queue;

import java.util.random.RandomGenerator;
import org.thurn.journey.Journey;
import org.thurn.store.Store;
import org.thurn.time.Time;

/** What every part of one queue works with. */
record Surroundings(
    QueueSettings settings,
    Store store,
    Time time,
    Journey journey,
    RandomGenerator random,
    CrashPoint.Hook crash) {}
