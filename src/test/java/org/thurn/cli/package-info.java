/** The program from its command line to its exit code. */
@NullMarked
package org.thurn.cli;

import org.jspecify.annotations.NullMarked;
