package org.thurn.store;

/** Hears what a check finds while it goes on. What these throw ends the check. */
public interface Findings {
  void found(Finding finding);

  /** So many more rows, holders, bodies or files were looked at, and octets of bodies read. */
  void looked(long more, long octets);
}
