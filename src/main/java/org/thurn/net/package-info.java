/**
 * Connections and their lines: listeners with limits, the one {@link org.thurn.net.CrlfReader} that
 * reads every protocol, the seam for STARTTLS and for the PROXY protocol. A {@link
 * org.thurn.net.ConnectionHandler} serves each {@link org.thurn.net.Connection} straight-line on a
 * virtual thread.
 */
@NullMarked
package org.thurn.net;

import org.jspecify.annotations.NullMarked;
