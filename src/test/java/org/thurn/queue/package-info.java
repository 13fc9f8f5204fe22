/** Tests of the queue: a store in memory, agents that do as they are told, a clock by hand. */
@NullMarked
package org.thurn.queue;

import org.jspecify.annotations.NullMarked;
