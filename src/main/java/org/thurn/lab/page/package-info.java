/**
 * The page of the lab: the map of its small internet, every mailbox, and each message's journey as
 * it happens. Plain HTML, made on the server; {@link org.thurn.lab.page.LabPage} routes to it.
 */
@NullMarked
package org.thurn.lab.page;

import org.jspecify.annotations.NullMarked;
