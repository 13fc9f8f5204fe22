/**
 * Connections and their lines. A {@link org.thurn.net.Listener} accepts, counts, turns away and
 * drains; a {@link org.thurn.net.Connector} opens. A {@link org.thurn.net.ConnectionHandler} serves
 * each {@link org.thurn.net.Connection} straight-line on a virtual thread of its own, under
 * deadlines that no peer can stretch. The one {@link org.thurn.net.CrlfReader} reads every
 * protocol. STARTTLS is a seam ({@link org.thurn.net.TlsUpgrade}); the PROXY protocol is read where
 * a listener has proxies.
 */
@NullMarked
package org.thurn.net;

import org.jspecify.annotations.NullMarked;
