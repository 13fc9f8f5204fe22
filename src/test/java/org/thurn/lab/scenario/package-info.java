/** What the scenarios are made of. */
@NullMarked
package org.thurn.lab.scenario;

import org.jspecify.annotations.NullMarked;
