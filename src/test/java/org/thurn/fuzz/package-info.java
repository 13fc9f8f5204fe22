/**
 * Coverage-guided fuzzing. A {@link org.thurn.fuzz.FuzzTarget} takes octets as a stranger would
 * send them and fails if a promise is broken; {@link org.thurn.fuzz.Target} lists them all. {@link
 * org.thurn.fuzz.FuzzSeedsTest} gives each its seeds, with every input that ever failed among them;
 * {@link org.thurn.fuzz.Campaign} lets Jazzer look for new ones in a process of its own. Targets of
 * one room stand in that room's package and are named {@code Fuzzed…}.
 */
@NullMarked
package org.thurn.fuzz;

import org.jspecify.annotations.NullMarked;
