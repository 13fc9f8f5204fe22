/**
 * TLS for every protocol: {@link org.thurn.tls.TlsServer} and {@link org.thurn.tls.TlsClient} turn
 * a plain socket into a TLS one, through Conscrypt with its own provider object, so that nothing in
 * the process changes its TLS by our being there. TLS 1.2 and 1.3 only (RFC 8996), with forward
 * secrecy and authenticated encryption only, the hybrid post-quantum key exchange X25519MLKEM768
 * first. A client judges the server by a {@link org.thurn.tls.PeerProof} and says what it found: by
 * the authorities that it trusts, or by what {@code tls.dane} found in the DNS; whether a refusal
 * matters is its caller's decision (RFC 7435: opportunistic security).
 *
 * <p>A server has one certificate or many; {@link org.thurn.tls.acme.CertificateKeeping} obtains
 * and renews them.
 *
 * <p>RFC 5246, 8446, 5705 and 9266 (exporter), 6066 (SNI), 9525 (names in certificates).
 */
@NullMarked
package org.thurn.tls;

import org.jspecify.annotations.NullMarked;
