/**
 * Authenticated Received Chain: what each host on a message's way says it found, sealed so that the
 * next can check it.
 *
 * <p>A host that changes messages, such as a mailing list, breaks their signatures. It adds a set
 * of three fields: what it had found out (ARC-Authentication-Results), a signature over the message
 * as it sends it (ARC-Message-Signature), and a seal over all sets up to its own (ARC-Seal). {@link
 * org.thurn.authentication.arc.ArcChain} finds the sets and their rules, {@link
 * org.thurn.authentication.arc.ArcVerifier} checks them while the body streams by, {@link
 * org.thurn.authentication.arc.ArcSealer} adds ours. Signatures, keys and hashes are DKIM's. A
 * chain that holds says who changed a message, not that they are to be believed: that is for
 * whoever asks.
 *
 * <p>RFC 8617. Start at {@link org.thurn.authentication.arc.ArcVerifier}.
 */
@NullMarked
package org.thurn.authentication.arc;

import org.jspecify.annotations.NullMarked;
