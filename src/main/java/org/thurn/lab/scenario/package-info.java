/**
 * Scenarios of sender authentication, each a real message over real sockets: an attacker who writes
 * in somebody's name, forwarders who break or keep the proof, keys that are not valid any more.
 * {@link org.thurn.lab.scenario.Scenarios} lists them; {@link org.thurn.lab.scenario.Director} has
 * one played and waits for what the receiver's server decides. The players connect from the
 * addresses of their domains and reach nothing but the lab's own servers on loopback.
 *
 * <p>RFC 7208 (SPF), RFC 6376 (DKIM), RFC 8617 (ARC) and RFC 9989 (DMARC) are what they show.
 */
@NullMarked
package org.thurn.lab.scenario;

import org.jspecify.annotations.NullMarked;
