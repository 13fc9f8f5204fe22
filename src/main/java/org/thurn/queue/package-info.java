/**
 * The durable queue: from the promise of 250 (S1) to a terminal state for each recipient (S3). See
 * docs/queue.md for the table of states. {@code MailQueue} accepts, schedules, settles; an {@link
 * org.thurn.queue.Agent} carries. RFC 5321 §4.5.4 (retries), RFC 3461 (notifications), RFC 1047.
 */
@NullMarked
package org.thurn.queue;

import org.jspecify.annotations.NullMarked;
