/**
 * The house's own signatures. {@link org.thurn.transfer.signing.SigningKeys} keeps the keys of each
 * local domain in the store; {@link org.thurn.transfer.signing.KeyKeeping} makes them, publishes
 * them where it may, asks the DNS whether they can be found, and carries out the steps of {@code
 * authentication.dkim.rotation}; {@link org.thurn.transfer.signing.MailSigner} signs what accounts
 * submit, trusted networks relay and the house writes, with every key that is active and that the
 * DNS shows; {@link org.thurn.transfer.signing.MailSealer} seals what is forwarded.
 *
 * <p>RFC 6376 §5, RFC 8463 (two signatures, of RSA and of Ed25519), RFC 5863 §3 (the life of a
 * key), RFC 8617 §5.1 (sealing).
 */
@NullMarked
package org.thurn.transfer.signing;

import org.jspecify.annotations.NullMarked;
