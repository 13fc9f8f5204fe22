package org.thurn.tls.mtasts;
import org.thurn.name.Domain;
public record StsPolicy(Mode mode, java.util.List<Domain> mx) {
  public enum Mode { ENFORCE, TESTING, NONE }
  public boolean allows(Domain host) { return mx.contains(host); }
}
