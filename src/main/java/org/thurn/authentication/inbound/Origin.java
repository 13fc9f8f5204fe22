package org.thurn.authentication.inbound;

import java.net.InetAddress;
import org.thurn.name.ReversePath;

/**
 * Where a message comes from, as its envelope says.
 *
 * @param client the address that brought it
 * @param helo the argument of HELO or EHLO, as said; "" if nothing was
 * @param sender of MAIL FROM
 */
public record Origin(InetAddress client, String helo, ReversePath sender) {}
