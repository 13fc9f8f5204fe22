/**
 * Attacks on the wire between a sending and a receiving domain, and what each defence makes of
 * them. {@link org.thurn.lab.attack.Range} holds a small internet of its own: a receiving domain
 * for each {@link org.thurn.lab.attack.ReceiverDefence}, with its server, its policy's web server
 * and its records, and the name servers that an attacker answers from. To play one {@link
 * org.thurn.lab.attack.Cell} it opens a relay, the very code of the product, with the defences of
 * the cell's {@link org.thurn.lab.attack.SenderDefence}; all that this relay's {@link
 * org.thurn.net.Connector} opens goes through the attacker's {@link org.thurn.lab.attack.Tap}, who
 * keeps a {@link org.thurn.lab.attack.Recording}. What came of it is a {@link
 * org.thurn.lab.attack.Played}, with the {@link org.thurn.lab.attack.Trace} of all three. {@link
 * org.thurn.lab.attack.Interceptions} are the scenarios: a few cells each.
 *
 * <p>RFC 3207 (STARTTLS), RFC 7672 (DANE), RFC 8461 (MTA-STS) and RFC 8446 (TLS 1.3) are what they
 * show.
 */
@NullMarked
package org.thurn.lab.attack;

import org.jspecify.annotations.NullMarked;
