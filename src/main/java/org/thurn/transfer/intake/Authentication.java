package org.thurn.transfer.intake;

import org.thurn.authentication.inbound.InboundCheck;
import org.thurn.transfer.policy.PolicyPage;

/** How mail from outside is checked, and what is done for what is found. */
public record Authentication(InboundCheck check, PolicyPage page) {}
