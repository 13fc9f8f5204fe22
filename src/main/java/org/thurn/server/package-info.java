/**
 * The assembly: {@code thurn.toml} becomes a running server. {@link
 * org.thurn.server.SettingsReader} reads the file, {@code MailServer} opens the rooms in the order
 * of the floors and closes them in the other, and reloads what may change while it runs.
 */
@NullMarked
package org.thurn.server;

import org.jspecify.annotations.NullMarked;
