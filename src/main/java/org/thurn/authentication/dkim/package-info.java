/**
 * DomainKeys Identified Mail: a domain signs a message, and whoever gets it can tell.
 *
 * <p><b>In.</b> {@link org.thurn.authentication.dkim.DkimVerifier} begins with a message's header:
 * it reads each signature ({@link org.thurn.authentication.dkim.MessageSignature}), asks the DNS
 * for their keys side by side ({@link org.thurn.authentication.dkim.KeyLookup}), and takes the body
 * as it streams by, each canonicalization of it hashed once ({@link
 * org.thurn.authentication.dkim.BodyHashes}). At the end there is a {@link
 * org.thurn.authentication.dkim.DkimResult} for each signature, whose {@link
 * org.thurn.authentication.dkim.Cause} decides its outcome. {@link
 * org.thurn.authentication.dkim.Repairs} finds out for people what was changed.
 *
 * <p><b>Out.</b> {@link org.thurn.authentication.dkim.DkimSigner} signs with all of a domain's
 * {@link org.thurn.authentication.dkim.SigningKey}s at once; {@link
 * org.thurn.authentication.dkim.DkimKey} makes and stores them; {@code rotation} says when they
 * change.
 *
 * <p><b>For ARC</b> (RFC 8617). An ARC-Message-Signature is read by {@link
 * org.thurn.authentication.dkim.MessageSignature#parse} in the dialect {@link
 * org.thurn.authentication.dkim.Dialect#ARC}, and checked by {@link
 * org.thurn.authentication.dkim.SignatureCheck}, with {@code refuse}, {@code begin} and {@code
 * check}; its body hash is wanted from the {@link org.thurn.authentication.dkim.BodyHashes} that
 * {@link org.thurn.authentication.dkim.DkimVerifier#begin(org.thurn.message.Headers,
 * org.thurn.dns.Resolver, org.thurn.authentication.dkim.BodyHashes)} takes too, so that the body is
 * hashed once for both. An ARC-Seal has neither h= nor bh=: its user reads its {@link
 * org.thurn.authentication.TagList}, adds the sets' fields to a relaxed {@link
 * org.thurn.authentication.dkim.HeaderHasher} in their order and the seal last, and verifies the
 * octets with {@link org.thurn.authentication.dkim.Cryptography}. Both are made by {@link
 * org.thurn.authentication.dkim.FieldSigner}.
 *
 * <p>RFC 6376; RFC 8301 and RFC 8463 for algorithms; RFC 8616 for internationalized names; RFC 8601
 * for the words of results.
 */
@NullMarked
package org.thurn.authentication.dkim;

import org.jspecify.annotations.NullMarked;
