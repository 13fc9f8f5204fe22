package org.thurn.lab;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.lab.scenario.Road;
import org.thurn.net.Wire;

/** What the domains' servers connect through: straight, but where somebody sits on the road. */
final class LabWire implements Wire, Road {
  private final Map<InetSocketAddress, InetSocketAddress> detours = new ConcurrentHashMap<>();

  @Override
  public InetSocketAddress leads(InetSocketAddress remote) {
    return detours.getOrDefault(remote, remote);
  }

  @Override
  public Detour lead(InetSocketAddress door, InetSocketAddress instead) {
    detours.put(door, instead);
    return () -> detours.remove(door, instead);
  }
}
