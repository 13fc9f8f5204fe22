package org.thurn.authentication.dmarc;

/**
 * That and why something else was done than the owner asked for, as reports tell it.
 *
 * @param comment for people; or empty
 */
public record PolicyOverride(OverrideType type, String comment) {}
