package org.thurn.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.thurn.store.StoreException;
import org.thurn.store.StoreException.Kind;

/**
 * The files of a RocksDB and how it is opened.
 *
 * @param readOnly nothing is made, written or recovered on the disk
 */
record RocksFiles(Path directory, RocksBudget budget, boolean readOnly) {
  private static final long ARENA = 64L << 10; // an idle family then costs 64 KiB
  private static final int MAX_OPEN_FILES = 256;
  private static final int MIN_BLOB = 4096;

  /** Those of the store in {@code store}. */
  static RocksFiles of(Path store, RocksBudget budget) {
    return new RocksFiles(store.resolve("rows"), budget, false);
  }

  RocksFiles forReading() {
    return new RocksFiles(directory, budget, true);
  }

  /** An open database with what must be freed after it. */
  record Opened(
      RocksDB db, Map<Family, ColumnFamilyHandle> handles, List<AbstractNativeReference> options)
      implements AutoCloseable {
    ColumnFamilyHandle handle(Family family) {
      ColumnFamilyHandle handle = handles.get(family);
      if (handle == null) {
        throw new IllegalStateException("no family " + family);
      }
      return handle;
    }

    @Override
    public void close() {
      handles.values().forEach(ColumnFamilyHandle::close);
      db.close();
      options.forEach(AbstractNativeReference::close);
    }
  }

  Opened open() {
    List<AbstractNativeReference> options = new ArrayList<>();
    try {
      if (!readOnly) {
        Files.createDirectories(directory);
      }
      DBOptions database = databaseOptions();
      options.add(database);
      List<ColumnFamilyDescriptor> families = new ArrayList<>();
      for (Family family : Family.values()) {
        ColumnFamilyOptions of = familyOptions(family, options);
        families.add(new ColumnFamilyDescriptor(family.utf8(), of));
      }
      List<ColumnFamilyHandle> opened = new ArrayList<>();
      RocksDB db =
          readOnly
              ? RocksDB.openReadOnly(database, directory.toString(), families, opened)
              : RocksDB.open(database, directory.toString(), families, opened);
      Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
      for (Family family : Family.values()) {
        handles.put(family, opened.removeFirst());
      }
      Opened result = new Opened(db, handles, options);
      checkFormat(result);
      return result;
    } catch (RocksDBException e) {
      options.forEach(AbstractNativeReference::close);
      if (String.valueOf(e.getMessage()).contains("/LOCK")) {
        throw new StoreException(Kind.FAILED, directory + " is in use by another store", e);
      }
      throw Database.failure(e);
    } catch (IOException e) {
      options.forEach(AbstractNativeReference::close);
      throw new StoreException(Kind.FAILED, "cannot make " + directory, e);
    }
  }

  private void checkFormat(Opened opened) throws RocksDBException {
    byte[] format = opened.db().get(Keys.FORMAT_ROW);
    if (format == null && readOnly) {
      opened.close();
      throw new StoreException(Kind.FAILED, directory + " has no format: not a store");
    } else if (format == null) {
      opened.db().put(Keys.FORMAT_ROW, new byte[] {Keys.FORMAT});
    } else if (format[0] != Keys.FORMAT) {
      opened.close();
      throw new StoreException(Kind.FAILED, "the store has the unknown format " + format[0]);
    }
  }

  private DBOptions databaseOptions() {
    return new DBOptions()
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        // a torn end of the log is what a crash leaves; everything before it is kept
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setWriteBufferManager(budget.writeBuffers())
        .setMaxTotalWalSize(budget.log())
        .setMaxOpenFiles(MAX_OPEN_FILES)
        .setMaxBackgroundJobs(2)
        // one thread writes: inserts need no care for others, and find their place faster
        .setAllowConcurrentMemtableWrite(false)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(1L << 20)
        .setKeepLogFileNum(3);
  }

  private ColumnFamilyOptions familyOptions(Family family, List<AbstractNativeReference> options) {
    BloomFilter filter = new BloomFilter(10);
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(budget.cache())
            .setFilterPolicy(filter)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setFormatVersion(5);
    ColumnFamilyOptions of =
        new ColumnFamilyOptions()
            .setTableFormatConfig(table)
            .setWriteBufferSize(budget.writeBuffer())
            .setArenaBlockSize(ARENA)
            .setCompressionType(CompressionType.LZ4_COMPRESSION);
    if (family == Family.BODIES) {
      // compaction then moves ids about and leaves the octets where they are
      of.setEnableBlobFiles(true)
          .setMinBlobSize(MIN_BLOB)
          .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
          .setEnableBlobGarbageCollection(true);
    }
    options.add(of);
    options.add(filter);
    return of;
  }
}
