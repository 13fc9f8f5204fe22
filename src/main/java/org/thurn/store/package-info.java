/**
 * The store's contract: an ordered key-value space per partition, with bodies, group commit and
 * leases. Engines live below it ({@code store.rocksdb}); everything above is written once against
 * {@link org.thurn.store.Store}, and one contract test suite runs on every engine.
 */
@NullMarked
package org.thurn.store;

import org.jspecify.annotations.NullMarked;
