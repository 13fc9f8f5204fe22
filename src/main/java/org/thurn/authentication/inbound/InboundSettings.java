package org.thurn.authentication.inbound;

import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.spf.SpfSettings;

/** How messages are checked. */
public record InboundSettings(SpfSettings spf, DmarcSettings dmarc) {}
