/**
 * Whole servers against each other, over real sockets and a DNS of their own: {@code SmallInternet}
 * starts them, {@code Talker} speaks to them, {@code Sink} is the stranger that they relay to.
 */
@NullMarked
package org.thurn.whole;

import org.jspecify.annotations.NullMarked;
