/**
 * The mail posture of any domain, as strangers see it: where its mail goes, how it is protected on
 * the way, who may send in its name, and whether people can be reached. {@link
 * org.thurn.transfer.posture.Posture} finds the hosts and then runs one small check for each side
 * of it on a thread of its own; each {@link org.thurn.transfer.posture.Observation} says what was
 * found, what to think of it, and what to do. Hosts are called politely: no message is sent.
 *
 * <p>RFC 5321 §5.1 and 7505 (MX), 8601 §3 (reverse names), 5782 (block lists), 3207, 7672 (DANE),
 * 8461 (MTA-STS), 8460 (TLS-RPT), 7208, 6376, 8301, 9989, 9990, 2142 (role addresses).
 */
@NullMarked
package org.thurn.transfer.posture;

import org.jspecify.annotations.NullMarked;
