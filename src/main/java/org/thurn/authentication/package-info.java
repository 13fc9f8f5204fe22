/**
 * Who sent a message, as far as the DNS and signatures can tell. Each method has a package of its
 * own below; {@link org.thurn.authentication.NotedResolver} lets each show on which answers of the
 * DNS its result rests.
 *
 * <p>{@link org.thurn.authentication.inbound.InboundCheck} asks all of them about a message, {@link
 * org.thurn.authentication.explain.Travel} tells its way. SPF is {@link
 * org.thurn.authentication.spf.SpfChecker} (RFC 7208), DKIM {@link
 * org.thurn.authentication.dkim.DkimVerifier} (RFC 6376), ARC {@link
 * org.thurn.authentication.arc.ArcVerifier} (RFC 8617), DMARC {@link
 * org.thurn.authentication.dmarc.DmarcEvaluator} (RFC 9989). What they find is written by {@link
 * org.thurn.authentication.results.ResultsWriter} (RFC 8601), and sealed for the next host by
 * {@link org.thurn.authentication.arc.ArcSealer}. {@link org.thurn.authentication.TagList} is the
 * syntax that DKIM, DMARC and ARC share.
 */
@NullMarked
package org.thurn.authentication;

import org.jspecify.annotations.NullMarked;
