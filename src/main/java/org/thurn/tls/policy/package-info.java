/**
 * The one place that decides what a delivery demands of TLS. Four voices speak: the administrator
 * ({@link org.thurn.tls.policy.Level}), the message ({@link org.thurn.tls.policy.Wish}, RFC 8689),
 * the host's TLSA records ({@link org.thurn.tls.dane}, RFC 7672) and the domain's MTA-STS policy
 * ({@link org.thurn.tls.mtasts}, RFC 8461). {@link org.thurn.tls.policy.TlsPolicy} hears them and
 * says of each host either what the connection must prove ({@link
 * org.thurn.tls.policy.Requirement}) or that the host is not to be used, with the reason in words.
 * docs/tls-policy.md is the table of every combination, and a test holds the code against it.
 *
 * <p>RFC 7435 (opportunistic security), 7672, 8461, 8689. Entry: {@link
 * org.thurn.tls.policy.TlsPolicy#of}.
 */
@NullMarked
package org.thurn.tls.policy;

import org.jspecify.annotations.NullMarked;
