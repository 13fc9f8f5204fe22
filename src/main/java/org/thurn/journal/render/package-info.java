/**
 * How an entry looks: {@link org.thurn.journal.render.LogfmtEntry} in the mail log, {@link
 * org.thurn.journal.render.JsonEntry} for programs, {@link org.thurn.journal.render.TextEntry} for
 * people. All read the fields of docs/journey.md from the event's record; a new type of event needs
 * no line here.
 */
@NullMarked
package org.thurn.journal.render;

import org.jspecify.annotations.NullMarked;
