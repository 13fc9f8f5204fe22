/**
 * What is done with a message for what sender authentication found: {@link
 * org.thurn.transfer.policy.PolicyPage} turns an {@code authentication.inbound.InboundResult} into
 * a {@link org.thurn.transfer.policy.Judgement}. The page is the administrator's; that a check was
 * made and what it found is never a matter of policy.
 */
@NullMarked
package org.thurn.transfer.policy;

import org.jspecify.annotations.NullMarked;
