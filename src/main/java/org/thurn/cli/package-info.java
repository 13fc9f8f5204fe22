/**
 * The command line: one small class a command, dispatched by picocli from {@link
 * org.thurn.cli.Thurn}. Most commands ask a running server over its control socket ({@link
 * org.thurn.admin.ControlClient}); {@code serve} and {@code lab} are servers themselves.
 */
@NullMarked
package org.thurn.cli;

import org.jspecify.annotations.NullMarked;
