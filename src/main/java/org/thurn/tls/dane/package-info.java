/**
 * DANE: the owner of a name says in the DNS, signed, which certificate or key its server has.
 *
 * <p>{@link org.thurn.tls.dane.DaneLookup} asks for a host's TLSA records and says in a {@link
 * org.thurn.tls.dane.DaneStatus} what they mean for a connection: nothing, authentication, TLS
 * alone, or that nobody may connect now. {@link org.thurn.tls.dane.DaneProof} judges a server by
 * them in the handshake; the judgement itself is {@link org.thurn.tls.dane.DaneVerifier}'s, which
 * compares the server's own certificate with the records of usage DANE-EE(3), and for those of
 * usage DANE-TA(2) lets {@link org.thurn.tls.dane.AnchorSearch} look for a way to the anchor.
 * {@link org.thurn.tls.dane.TlsaData} makes the records that a server should publish.
 *
 * <p>The mail world's profile (RFC 7672) is stricter and simpler than DANE's own: usages PKIX-TA(0)
 * and PKIX-EE(1) are unusable, and names stand in the subjectAltName (RFC 9525), never in the CN.
 *
 * <p>RFC 6698, 7671 and 7672; RFC 5280 §6 for ways to an anchor.
 */
@NullMarked
package org.thurn.tls.dane;

import org.jspecify.annotations.NullMarked;
