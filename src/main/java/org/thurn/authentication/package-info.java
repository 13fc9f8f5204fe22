/**
 * Who sent a message, as far as the DNS and signatures can tell. Each method has a package of its
 * own below; {@link org.thurn.authentication.NotedResolver} lets each show on which answers of the
 * DNS its result rests.
 *
 * <p>{@link org.thurn.authentication.TagList} is the syntax that DKIM, DMARC and ARC share. SPF is
 * {@link org.thurn.authentication.spf.SpfChecker}, RFC 7208; DKIM is {@link
 * org.thurn.authentication.dkim.DkimVerifier} and {@link org.thurn.authentication.dkim.DkimSigner},
 * RFC 6376.
 */
@NullMarked
package org.thurn.authentication;

import org.jspecify.annotations.NullMarked;
