/**
 * All methods on one message: {@link org.thurn.authentication.inbound.InboundCheck} begins with the
 * envelope, so that the DNS is asked while the message comes in, its {@link
 * org.thurn.authentication.inbound.MessageCheck} takes header and body in one pass, and the {@link
 * org.thurn.authentication.inbound.InboundResult} holds what each method says. {@link
 * org.thurn.authentication.inbound.ResultsField} tells it as Authentication-Results, {@link
 * org.thurn.authentication.inbound.Findings} as events of a journey.
 *
 * <p>What is done with a message is not decided here.
 */
@NullMarked
package org.thurn.authentication.inbound;

import org.jspecify.annotations.NullMarked;
