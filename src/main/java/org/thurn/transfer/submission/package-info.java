/**
 * What is special about mail that our own people send: the header is theirs alone and completed
 * ({@link org.thurn.transfer.submission.SubmittedHeader}), the rate is bounded, and the house's own
 * programs send by the same path ({@link org.thurn.transfer.submission.SubmissionService}, the
 * entry class) as port 587 does.
 *
 * <p>RFC 6409 (message submission), RFC 5322 §3.6 (which fields a message must have).
 */
@NullMarked
package org.thurn.transfer.submission;

import org.jspecify.annotations.NullMarked;
