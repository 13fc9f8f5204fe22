/**
 * Domain-based Message Authentication, Reporting, and Conformance: whether the domain that people
 * see as a message's author stands behind it, and what its owner asks to be done if not.
 *
 * <p>{@link org.thurn.authentication.dmarc.DmarcEvaluator} answers a {@link
 * org.thurn.authentication.dmarc.DmarcRequest} with a {@link
 * org.thurn.authentication.dmarc.DmarcResult}. It takes the author's domains out of the header
 * ({@link org.thurn.authentication.dmarc.AuthorDomains}), finds the policy record that applies by
 * walking up the tree of the DNS ({@link org.thurn.authentication.dmarc.PolicyDiscovery}; by a list
 * of public suffixes only where one is configured) and looks which identifier that SPF or DKIM
 * proved belongs to the same organization. What we do with the message is our own matter: {@link
 * org.thurn.authentication.dmarc.LocalPolicy} makes a {@link
 * org.thurn.authentication.dmarc.Disposition} of the result and notes where it differs from what
 * the owner asked for.
 *
 * <p>Every question to the DNS goes through {@link org.thurn.authentication.dmarc.Questions}, which
 * limits their number and time for each message. What SPF and DKIM found is given as plain values;
 * this package knows neither. Reports are made and read in {@code dmarc.report}.
 *
 * <p>RFC 9989; RFC 7489 for what records and reports of its time hold.
 */
@NullMarked
package org.thurn.authentication.dmarc;

import org.jspecify.annotations.NullMarked;
