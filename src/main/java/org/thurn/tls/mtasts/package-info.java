/**
 * MTA Strict Transport Security: a domain says by DNS and HTTPS which hosts take its mail, that
 * they speak TLS, and that nobody is to be content with less.
 *
 * <p>{@link org.thurn.tls.mtasts.StsPolicies} tells a sender where it is with a domain: it asks for
 * the {@link org.thurn.tls.mtasts.StsRecord} at {@code _mta-sts}, and where that announces another
 * policy than the one that is kept, {@link org.thurn.tls.mtasts.PolicyFetch} gets it from the host
 * {@code mta-sts} below the domain. {@link org.thurn.tls.mtasts.PolicyText} reads a {@link
 * org.thurn.tls.mtasts.StsPolicy}. What was fetched stays in the store ({@link
 * org.thurn.tls.mtasts.PolicyCache}) as long as the policy says, over restarts, so that who can
 * disturb DNS or HTTPS later gains nothing; {@link org.thurn.tls.mtasts.PolicyKeeping} fetches it
 * again long before that time ends. What follows from a policy for a delivery is decided by whoever
 * delivers.
 *
 * <p>RFC 8461; the names of failures are those of RFC 8460 §4.3.
 */
@NullMarked
package org.thurn.tls.mtasts;

import org.jspecify.annotations.NullMarked;
