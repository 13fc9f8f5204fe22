/**
 * Questions to the DNS and their answers, with what DNSSEC says of them; and a DNS to serve.
 *
 * <p>{@link org.thurn.dns.Resolver} is all that upper rooms see of asking. {@link
 * org.thurn.dns.StubResolver} is the real one: a question that its cache cannot answer becomes an
 * inquiry, which asks the configured servers over UDP, and over TCP where that is too small, asks
 * for the keys from the trust anchor down to the answer, and lets dnsjava verify the signatures.
 *
 * <p>For the lab and for tests, {@link org.thurn.dns.ZoneTree} is a whole tree of zones from the
 * root down, signed as they are asked for, and {@link org.thurn.dns.AuthoritativeServer} serves it.
 * {@link org.thurn.dns.Disturbance} makes it misbehave on purpose.
 *
 * <p>RFC 1034 and 1035, 2308 (negative caching), 4033-4035 (DNSSEC), 4592 (wildcards), 5452
 * (forgery), 6891 (EDNS), 7766 (TCP), 8482 (ANY), 9520 (failures are remembered).
 */
@NullMarked
package org.thurn.dns;

import org.jspecify.annotations.NullMarked;
