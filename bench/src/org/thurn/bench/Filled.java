package org.thurn.bench;

import java.util.List;

/**
 * What a server showed, empty or full.
 *
 * @param messages that it had before
 * @param generation seconds that they took to be made; 0 if they were there
 * @param first the start after that
 * @param again the start at the end, after an orderly one
 * @param octets of its state folder before the first load
 * @param loaded MiB at the most during the warm-up and the measured loads
 */
record Filled(
    long messages,
    double generation,
    Startup first,
    Startup again,
    long octets,
    double loaded,
    List<Passage> passages,
    List<Command> commands) {}
