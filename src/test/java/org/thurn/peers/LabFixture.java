package org.thurn.peers;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the running lab: the same one to all tests of a run, since its start costs seconds.
 * It is stopped when the run ends. Tests therefore tell their messages apart by subject, and one
 * that counts a mailbox has the mailbox for itself.
 */
final class LabFixture implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LabFixture.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningLab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(RunningLab.class, _ -> RunningLab.start(), RunningLab.class);
  }
}
