/**
 * Who sent a message, as far as the DNS and signatures can tell. Each method has a package of its
 * own below; {@link org.thurn.authentication.NotedResolver} lets each show on which answers of the
 * DNS its result rests.
 *
 * <p>{@link org.thurn.authentication.TagList} is the syntax that DKIM, DMARC and ARC share. SPF is
 * {@link org.thurn.authentication.spf.SpfChecker}, RFC 7208.
 *
 * <p>What they find is written by {@link org.thurn.authentication.results.ResultsWriter} (RFC
 * 8601), and sealed for the next host by {@link org.thurn.authentication.arc.ArcSealer} (RFC 8617).
 */
@NullMarked
package org.thurn.authentication;

import org.jspecify.annotations.NullMarked;
