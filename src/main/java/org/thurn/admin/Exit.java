package org.thurn.admin;

/** How a command ends: the codes of sysexits(3) that the house uses. */
public final class Exit {
  /** It ran. */
  public static final int OK = 0;

  /** It ran and found nothing, or the answer is no. */
  public static final int NO = 1;

  /** The command line is wrong. */
  public static final int USAGE = 64;

  /** The input cannot be read. */
  public static final int DATA = 65;

  /** No server answers, or a port is taken. */
  public static final int UNAVAILABLE = 69;

  /** A bug. */
  public static final int SOFTWARE = 70;

  /** Not now: try again. */
  public static final int TEMPORARY = 75;

  private Exit() {}
}
