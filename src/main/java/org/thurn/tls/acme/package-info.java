/**
 * Certificates from an authority, by ACME. {@link org.thurn.tls.acme.CertificateKeeping} keeps one
 * certificate for each name of {@link org.thurn.tls.acme.AcmeSettings}: it asks a {@link
 * org.thurn.tls.acme.CertificateAuthority} for it, looks hard at what comes ({@link
 * org.thurn.tls.acme.IssuedChain}) and whether the TLSA records in the DNS allow it ({@link
 * org.thurn.tls.acme.TlsaRecords}), has it shown, and renews it ahead of its end with the key that
 * it has. What it has is in the store: {@link org.thurn.tls.acme.CertificateRows}.
 *
 * <p>RFC 8555 (ACME), 8737 (tls-alpn-01), 9773 (when to renew), 7671 and 7672 (what TLSA asks of a
 * change).
 */
@NullMarked
package org.thurn.tls.acme;

import org.jspecify.annotations.NullMarked;
