/** The assembly is started as an administrator does: from a settings file, and by killing it. */
@NullMarked
package org.thurn.server;

import org.jspecify.annotations.NullMarked;
