package org.rondoml.core.io;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.UsageException;

/**
 * NumPy's .npz files: zip archives of {@linkplain NpyFormat .npy} arrays by name, as {@code
 * numpy.savez} (stored) and {@code numpy.savez_compressed} (deflated) write them. Checksums are
 * verified. Stored archives are written, the same bytes for the same arrays.
 */
public final class NpzFormat {
  private static final String SUFFIX = ".npy";

  /** Deflate makes of one byte 1032 at most, so a larger claim is a lie. */
  private static final long MAX_DEFLATE_RATIO = 1032;

  /**
   * The oldest time a zip file can hold: a file shall not differ from another by the time it was
   * written.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private NpzFormat() {}

  /**
   * The names of the arrays in a file, in its order.
   *
   * @throws DataException where the file is missing or no .npz file
   */
  public static List<String> names(Path file) {
    try (ZipFile zip = open(file)) {
      return List.copyOf(entries(file, zip).keySet());
    } catch (IOException e) {
      throw DataFiles.unreadable(file.toString(), e);
    }
  }

  /**
   * All arrays of a file by name, in its order.
   *
   * @throws DataException where the file is missing, damaged, truncated, or holds anything but
   *     arrays of numbers
   */
  public static Map<String, INDArray> read(Path file) {
    return read(file, names(file));
  }

  /**
   * Some arrays of a file by name, in the order asked for; the others are not looked at.
   *
   * @throws DataException where the file is missing, damaged or truncated, or lacks an array: then
   *     with what is there
   */
  public static Map<String, INDArray> read(Path file, Collection<String> names) {
    try (ZipFile zip = open(file)) {
      Map<String, ZipEntry> entries = entries(file, zip);
      Map<String, INDArray> arrays = new LinkedHashMap<>();
      for (String name : names) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
          throw new DataException(
              file
                  + ": no array '"
                  + name
                  + "'; there are: "
                  + String.join(", ", entries.keySet()));
        }
        arrays.put(name, read(zip, entry, Files.size(file), file + ": array '" + name + "'"));
      }
      return Collections.unmodifiableMap(arrays);
    } catch (IOException e) {
      throw DataFiles.unreadable(file.toString(), e);
    }
  }

  /**
   * Writes arrays by name; a file that exists is replaced when all is written.
   *
   * @throws UsageException where the file can't be written
   */
  public static void write(Path file, Map<String, INDArray> arrays) {
    AtomicFile.write(
        file,
        path -> {
          try (ZipOutputStream zip =
              new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(path)))) {
            for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
              write(zip, array.getKey(), array.getValue());
            }
          }
        });
  }

  private static void write(ZipOutputStream zip, String name, INDArray array) throws IOException {
    // A stored entry starts with its size and checksum, so they are found before it is written.
    CRC32 checksum = new CRC32();
    CountingOutput count = new CountingOutput();
    NpyFormat.write(new CheckedOutputStream(count, checksum), array);
    ZipEntry entry = new ZipEntry(name + SUFFIX);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(count.bytes);
    entry.setCrc(checksum.getValue());
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    NpyFormat.write(zip, array);
    zip.closeEntry();
  }

  private static ZipFile open(Path file) throws IOException {
    DataFiles.requireFile(file);
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new DataException(
          file + ": not an .npz file, or truncated: its zip directory is missing or damaged", e);
    }
  }

  private static Map<String, ZipEntry> entries(Path file, ZipFile zip) {
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    zip.stream()
        .filter(entry -> entry.getName().endsWith(SUFFIX))
        .forEach(
            entry -> {
              String entryName = entry.getName();
              String name = entryName.substring(0, entryName.length() - SUFFIX.length());
              if (entries.put(name, entry) != null) {
                throw new DataException(file + ": array '" + name + "' is there twice");
              }
            });
    if (entries.isEmpty()) {
      throw new DataException(file + ": a zip file without NumPy arrays");
    }
    return entries;
  }

  private static INDArray read(ZipFile zip, ZipEntry entry, long fileSize, String where) {
    long size = entry.getSize();
    long compressed = Math.min(entry.getCompressedSize(), fileSize);
    if (size > compressed * MAX_DEFLATE_RATIO) {
      throw new DataException(
          where
              + ": damaged: claims "
              + size
              + " bytes, more than "
              + compressed
              + " compressed ones can hold");
    }
    CRC32 checksum = new CRC32();
    try (InputStream in =
        new CheckedInputStream(new BufferedInputStream(zip.getInputStream(entry)), checksum)) {
      INDArray array = NpyFormat.read(in, size, where);
      if (in.read() >= 0) {
        throw new DataException(
            where + ": damaged: holds more than the " + size + " bytes it claims");
      }
      if (checksum.getValue() != entry.getCrc()) {
        throw new DataException(where + ": damaged: its checksum does not match");
      }
      return array;
    } catch (IOException e) {
      throw new DataException(where + ": damaged: " + e.getMessage(), e);
    }
  }

  /** Takes bytes only to count them. */
  private static final class CountingOutput extends OutputStream {
    private long bytes;

    @Override
    public void write(int value) {
      bytes++;
    }

    @Override
    public void write(byte[] values, int offset, int length) {
      bytes += length;
    }
  }
}
