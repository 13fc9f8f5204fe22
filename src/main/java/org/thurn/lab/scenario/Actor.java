package org.thurn.lab.scenario;

import java.net.InetAddress;
import org.thurn.name.Domain;
import org.thurn.server.Inside;

/**
 * A domain that plays.
 *
 * @param host what its programs call themselves
 * @param address where they connect from, and where its server answers
 */
public record Actor(Domain domain, Domain host, InetAddress address, Inside inside) {}
