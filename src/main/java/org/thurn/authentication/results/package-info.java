/**
 * What was found out about a message's origin, as a header field that travels with it:
 * Authentication-Results.
 *
 * <p>{@link org.thurn.authentication.results.AuthenticationResults} is the field as a record.
 * {@link org.thurn.authentication.results.ResultsParser} reads those of others, {@link
 * org.thurn.authentication.results.ResultsWriter} writes ours. A field is worth what its writer is:
 * whoever lets mail in takes away first what claims to be ours and is not ({@link
 * org.thurn.authentication.results.ForgedResults}). The payload is also that of
 * ARC-Authentication-Results.
 *
 * <p>RFC 8601; RFC 8616 for internationalized text.
 */
@NullMarked
package org.thurn.authentication.results;

import org.jspecify.annotations.NullMarked;
