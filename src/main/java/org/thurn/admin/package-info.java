/**
 * Administration of a running server: a Unix-domain control socket, owner only, over which every
 * command of the program reaches it. {@link org.thurn.admin.ControlServer} takes requests, {@code
 * Administration} carries them out, {@link org.thurn.admin.ControlClient} asks.
 */
@NullMarked
package org.thurn.admin;

import org.jspecify.annotations.NullMarked;
