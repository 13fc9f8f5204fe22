package org.thurn.tls.mtasts;
public sealed interface StsStatus {
  record None(String why) implements StsStatus {}
  record Known(StsPolicy policy, java.time.Instant expires, java.util.Optional<String> trouble) implements StsStatus {}
  record Unfetchable(String kind, String why) implements StsStatus {}
}
