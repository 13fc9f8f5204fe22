/**
 * The words of SMTP that both sides share: replies, statuses, parameters, verdicts. The dialogues
 * are in {@code smtp.server} and {@code smtp.client}. RFC 5321, 1870, 2034, 2920, 3030, 3207, 3461,
 * 3463, 4954, 6152, 6531, 9422 and 2033 (LMTP).
 */
@NullMarked
package org.thurn.smtp;

import org.jspecify.annotations.NullMarked;
