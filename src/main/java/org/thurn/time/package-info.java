/**
 * The clocks, injected. Everything that reads a clock or waits takes a {@link org.thurn.time.Time},
 * so that a test can move five days forward in a microsecond. And the {@link
 * org.thurn.time.VitalThread threads} without which there is no going on, and {@link
 * org.thurn.time.OwnThread those} that work until they are closed.
 */
@NullMarked
package org.thurn.time;

import org.jspecify.annotations.NullMarked;
