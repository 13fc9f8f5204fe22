/**
 * What happened, as typed events. A room notes an {@link org.thurn.journey.Event} at its {@link
 * org.thurn.journey.Journey}; upper rooms keep and render the {@link org.thurn.journey.Entry}s. The
 * records use the types of {@code name} and plain values only, so that every room can note and none
 * is named.
 */
@NullMarked
package org.thurn.journey;

import org.jspecify.annotations.NullMarked;
