/**
 * Questions to the DNS and their answers, with what DNSSEC says of them. {@link
 * org.thurn.dns.Resolver} is all that upper rooms see; dnsjava does the wire format, the signatures
 * and the zones. RFC 1035, 2308 (negative caching), 4033-4035 (DNSSEC), 6891 (EDNS), 7766 (TCP).
 */
@NullMarked
package org.thurn.dns;

import org.jspecify.annotations.NullMarked;
