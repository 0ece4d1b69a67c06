package org.rondoml.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.rondoml.api.DataException;

/**
 * What stands before the numbers of a .npy file: magic, version, and a Python dict literal with the
 * keys {@code descr}, {@code fortran_order} and {@code shape} (NumPy's {@code numpy/lib/format.py},
 * versions 1 to 3).
 *
 * @param type the type of the elements
 * @param bigEndian whether their bytes come in the other order than nearly every machine's
 * @param fortranOrder whether the first axis runs fastest
 * @param shape the sizes of the axes; empty for a scalar
 */
record NpyHeader(DataType type, boolean bigEndian, boolean fortranOrder, List<Long> shape) {
  /** NumPy's own limit ({@code max_header_size}). */
  private static final int MAX_HEADER = 10_000;

  /** ND4J's limit. */
  private static final int MAX_RANK = 32;

  /**
   * NumPy leaves room for the first size to grow to so many digits; so files equal NumPy's to the
   * byte.
   */
  private static final int GROWTH = 21;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's type characters, without the byte order, and ND4J's names. */
  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry("f4", DataType.FLOAT),
          Map.entry("f8", DataType.DOUBLE),
          Map.entry("i1", DataType.INT8),
          Map.entry("i2", DataType.INT16),
          Map.entry("i4", DataType.INT32),
          Map.entry("i8", DataType.INT64),
          Map.entry("u1", DataType.UINT8),
          Map.entry("u2", DataType.UINT16),
          Map.entry("u4", DataType.UINT32),
          Map.entry("b1", DataType.BOOL));

  private static final String KNOWN =
      "float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or bool";

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*'(?<key>[a-z_]+)'\\s*:\\s*(?:'(?<text>[^']*)'|(?<flag>True|False)|\\((?<tuple>[0-9L,\\s]*)\\)"
              + "|(?<list>\\[.*]))\\s*(?:,|$)");

  private static final Pattern DICT = Pattern.compile("\\{(.*)}\\s*", Pattern.DOTALL);

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Reads a header; the stream then stands at the first element.
   *
   * @param where the file, and the array in it, for messages
   */
  static NpyHeader read(InputStream in, String where) throws IOException {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw new DataException(where + ": not a NumPy array: it does not start with \\x93NUMPY");
    }
    int version = start[6];
    if (version < 1 || version > 3 || start[7] != 0) {
      throw new DataException(
          where
              + ": version "
              + version
              + "."
              + start[7]
              + " of the .npy format; expected 1.0, 2.0 or 3.0");
    }
    int width = version == 1 ? 2 : 4;
    byte[] size = in.readNBytes(width);
    if (size.length < width) {
      throw truncated(where);
    }
    ByteBuffer sizes = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN);
    long length =
        version == 1
            ? Short.toUnsignedLong(sizes.getShort())
            : Integer.toUnsignedLong(sizes.getInt());
    if (length > MAX_HEADER) {
      throw new DataException(
          where + ": the header claims " + length + " bytes; expected " + MAX_HEADER + " at most");
    }
    byte[] header = in.readNBytes((int) length);
    if (header.length < length) {
      throw truncated(where);
    }
    return parse(
        new String(header, version < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8),
        where);
  }

  /**
   * The header as the file starts with it, padded so that the elements begin at a multiple of 64
   * bytes.
   */
  byte[] toBytes() {
    String tuple =
        shape.stream().map(String::valueOf).collect(Collectors.joining(", "))
            + (shape.size() == 1 ? "," : "");
    String dict =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(descriptor(), fortranOrder ? "True" : "False", tuple);
    int before = MAGIC.length + 4;
    int growth = shape.isEmpty() ? 0 : GROWTH - shape.get(0).toString().length();
    int padding = growth + 63 - (before + dict.length() + growth) % 64;
    byte[] text = (dict + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(before + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  /** Whether arrays of a type can be written. */
  static boolean knows(DataType type) {
    return TYPES.containsValue(type);
  }

  /** The number of bytes of all elements, or -1 where it is beyond a long. */
  long byteCount() {
    try {
      long count = type.width();
      for (long size : shape) {
        count = Math.multiplyExact(count, size);
      }
      return count;
    } catch (ArithmeticException e) {
      return -1;
    }
  }

  private String descriptor() {
    String code =
        TYPES.entrySet().stream()
            .filter(entry -> entry.getValue() == type)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    return (type.width() == 1 ? "|" : bigEndian ? ">" : "<") + code;
  }

  private static NpyHeader parse(String text, String where) {
    Matcher dict = DICT.matcher(text);
    if (!dict.matches()) {
      throw damaged(where);
    }
    String body = dict.group(1).strip();
    Matcher entry = ENTRY.matcher(body);
    String descriptor = null;
    Boolean fortran = null;
    List<Long> shape = null;
    Set<String> seen = new HashSet<>();
    int end = 0;
    while (end < body.length()) {
      if (!entry.find() || entry.start() != end || !seen.add(entry.group("key"))) {
        throw damaged(where);
      }
      end = entry.end();
      switch (entry.group("key")) {
        case "descr" -> {
          if (entry.group("list") != null) {
            throw new DataException(
                where + ": a structured array with named fields; expected plain numbers: " + KNOWN);
          }
          descriptor = entry.group("text");
        }
        case "fortran_order" -> fortran = flag(entry.group("flag"));
        case "shape" -> shape = dimensions(entry.group("tuple"), where);
        default -> throw damaged(where);
      }
    }
    if (descriptor == null || fortran == null || shape == null) {
      throw damaged(where);
    }
    return of(descriptor, fortran, shape, where);
  }

  private static NpyHeader of(String descriptor, boolean fortran, List<Long> shape, String where) {
    if (descriptor.endsWith("O")) {
      throw new DataException(
          where
              + ": holds pickled Python objects, which can run code when read; expected plain numbers: "
              + KNOWN
              + " (rows of unequal length must be padded to one length)");
    }
    DataType type = descriptor.length() == 3 ? TYPES.get(descriptor.substring(1)) : null;
    if (type == null || "<>|=".indexOf(descriptor.charAt(0)) < 0) {
      throw new DataException(
          where
              + ": elements of NumPy type '"
              + descriptor
              + "'; expected "
              + KNOWN
              + " (convert with .astype)");
    }
    if (shape.size() > MAX_RANK) {
      throw new DataException(
          where + ": " + shape.size() + " axes; expected " + MAX_RANK + " at most");
    }
    NpyHeader header = new NpyHeader(type, descriptor.charAt(0) == '>', fortran, shape);
    if (shape.contains(0L)) {
      throw new DataException(where + ": an empty array of shape " + header.shapeText());
    }
    return header;
  }

  /** The shape as NumPy prints it. */
  String shapeText() {
    return shape.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "(", shape.size() == 1 ? ",)" : ")"));
  }

  private static @Nullable Boolean flag(@Nullable String text) {
    return text == null ? null : Boolean.valueOf(text);
  }

  private static @Nullable List<Long> dimensions(@Nullable String tuple, String where) {
    if (tuple == null) {
      return null;
    }
    List<Long> sizes = new ArrayList<>();
    if (!tuple.isBlank()) {
      // Python's tuple of one has a comma at its end, any other may.
      for (String size : tuple.strip().replaceFirst(",$", "").split(",", -1)) {
        // Python 2 wrote long integers as 3L.
        sizes.add(dimension(size.strip().replace("L", ""), where));
      }
    }
    return sizes;
  }

  private static long dimension(String digits, String where) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new DataException(
          where + ": damaged header: '" + digits + "' is no size of an axis", e);
    }
  }

  private static DataException damaged(String where) {
    return new DataException(
        where + ": damaged header; expected {'descr': ..., 'fortran_order': ..., 'shape': ...}");
  }

  private static DataException truncated(String where) {
    return new DataException(where + ": truncated: the file ends inside its header");
  }
}
