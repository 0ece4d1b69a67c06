package org.rondoml.datasets.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.rondoml.datasets.text.TextFolder.vocabulary;
import static org.rondoml.datasets.text.TextFolder.x;
import static org.rondoml.datasets.text.TextFolder.y;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Tokenizer;

class TextSourceTest {
  /** What {@link #ofKeras} has the numbers of. */
  private static final String TEXT =
      "Jazz, jazz: die Äpfel! die Äpfel_die\n[UNK] It's ÄÖ \uD83D\uDE00 jazz";

  @TempDir private Path folder = Path.of("");

  private Dataset load(String text, Map<String, ?> keys) {
    return TextFolder.with(folder, text).load(keys);
  }

  private static int[] row(INDArray array, int row) {
    return array.getRow(row).toIntVector();
  }

  /** All tokens: a window's and the one after it. */
  private static int[] all(Dataset data) {
    int[] x = row(x(data), 0);
    int[] all = Arrays.copyOf(x, x.length + 1);
    all[x.length] = y(data).getInt(0, x.length - 1);
    return all;
  }

  /**
   * Of Keras 3.15: {@code t = TextVectorization(standardize=..., split=...); t.adapt([TEXT]);
   * t.get_vocabulary(); t([TEXT])}.
   */
  private void ofKeras(Map<String, ?> keys, String vocabulary, int... numbers) {
    Map<String, Object> window = new HashMap<>(keys);
    window.put("sequence_length", numbers.length - 1);
    Dataset data = load(TEXT, window);
    assertEquals(", [UNK], " + vocabulary, String.join(", ", vocabulary(data)), keys.toString());
    assertArrayEquals(numbers, all(data), keys.toString());
  }

  @Test
  void numbersWordsAsKerasDoes() {
    ofKeras(
        Map.of("split", "whitespace"),
        "die, \uD83D\uDE00, ÄÖ, Äpfel_die, Äpfel!, jazz:, jazz, Jazz,, It's",
        9,
        7,
        2,
        6,
        2,
        5,
        1,
        10,
        4,
        3,
        8);
    ofKeras(
        Map.of("split", "whitespace", "standardize", "lower"),
        "die, \uD83D\uDE00, ÄÖ, Äpfel_die, Äpfel!, jazz:, jazz,, jazz, it's, [unk]",
        8,
        7,
        2,
        6,
        2,
        5,
        11,
        10,
        4,
        3,
        9);
    ofKeras(
        Map.of("split", "whitespace", "standardize", "strip_punctuation"),
        "jazz, die, \uD83D\uDE00, ÄÖ, Äpfeldie, Äpfel, UNK, Jazz, Its",
        9,
        2,
        3,
        7,
        3,
        6,
        8,
        10,
        5,
        4,
        2);
    ofKeras(
        Map.of("split", "whitespace", "standardize", "lower_and_strip_punctuation"),
        "jazz, die, \uD83D\uDE00, ÄÖ, Äpfeldie, Äpfel, unk, its",
        2,
        2,
        3,
        7,
        3,
        6,
        8,
        9,
        5,
        4,
        2);
    ofKeras(
        Map.of("split", "whitespace", "standardize", "lower", "max_tokens", 5),
        "die, \uD83D\uDE00, ÄÖ",
        1,
        1,
        2,
        1,
        2,
        1,
        1,
        1,
        4,
        3,
        1);
  }

  @Test
  void numbersCharactersAsKerasDoes() {
    ofKeras(
        Map.of("standardize", "lower_and_strip_punctuation"),
        " , z, e, i, Ä, j, d, a, p, l, f, \uD83D\uDE00, Ö, u, t, s, n, k, \n",
        7,
        9,
        3,
        3,
        2,
        7,
        9,
        3,
        3,
        2,
        8,
        5,
        4,
        2,
        6,
        10,
        12,
        4,
        11,
        2,
        8,
        5,
        4,
        2,
        6,
        10,
        12,
        4,
        11,
        8,
        5,
        4,
        20,
        15,
        18,
        19,
        2,
        5,
        16,
        17,
        2,
        6,
        14,
        2,
        13,
        2,
        7,
        9,
        3,
        3);
    ofKeras(
        Map.of(),
        " , z, e, Ä, i, d, a, p, l, j, f, \uD83D\uDE00, Ö, t, s, _, ], [, U, N, K, J, I, :, ,, ', !, \n",
        23,
        8,
        3,
        3,
        26,
        2,
        11,
        8,
        3,
        3,
        25,
        2,
        7,
        6,
        4,
        2,
        5,
        9,
        12,
        4,
        10,
        28,
        2,
        7,
        6,
        4,
        2,
        5,
        9,
        12,
        4,
        10,
        17,
        7,
        6,
        4,
        29,
        19,
        20,
        21,
        22,
        18,
        2,
        24,
        15,
        27,
        16,
        2,
        5,
        14,
        2,
        13,
        2,
        11,
        8,
        3,
        3);
  }

  @Test
  void everyTokenIsPredictedOnceByItsOwnTarget() {
    Dataset data = load("abcdefghij", Map.of("sequence_length", 3));

    assertEquals(DataType.INT32, x(data).dataType());
    // Of ten tokens the last one is the target of the third window's last.
    List<String> v = vocabulary(data);
    assertArrayEquals(new long[] {3, 3}, x(data).shape());
    assertArrayEquals(new long[] {3, 3}, y(data).shape());
    assertEquals(
        List.of("abc", "def", "ghi"),
        List.of(text(x(data), 0, v), text(x(data), 1, v), text(x(data), 2, v)));
    assertEquals(
        List.of("bcd", "efg", "hij"),
        List.of(text(y(data), 0, v), text(y(data), 1, v), text(y(data), 2, v)));
  }

  private static String text(INDArray array, int row, List<String> vocabulary) {
    StringBuilder text = new StringBuilder();
    for (int number : row(array, row)) {
      text.append(vocabulary.get(number));
    }
    return text.toString();
  }

  @Test
  void theTokenAfterAWindow() {
    Dataset data = load("abcde", Map.of("sequence_length", 2, "targets", "last_step"));
    List<String> v = vocabulary(data);

    assertEquals(
        List.of("ab", "bc", "cd"),
        List.of(text(x(data), 0, v), text(x(data), 1, v), text(x(data), 2, v)));
    assertArrayEquals(new long[] {3}, y(data).shape());
    assertEquals(
        List.of("c", "d", "e"), Arrays.stream(y(data).toIntVector()).mapToObj(v::get).toList());
  }

  @Test
  void aStrideOfOnesOwn() {
    Dataset data = load("abcdefgh", Map.of("sequence_length", 3, "sequence_stride", 2));
    List<String> v = vocabulary(data);

    assertEquals(
        List.of("abc", "cde", "efg"),
        List.of(text(x(data), 0, v), text(x(data), 1, v), text(x(data), 2, v)));
    assertEquals(3, data.size());
  }

  @Test
  void thePartsShareAVocabularyAndNoWindow() {
    Map<String, Object> keys =
        Map.of("sequence_length", 2, "validation_split", 0.4, "sequence_stride", 1);
    // Six tokens to train on, four to evaluate on, of which the vocabulary knows but the a.
    TextFolder text = TextFolder.with(folder, "ababacxyaz");
    Dataset train = text.load(with(keys, "training"));
    Dataset validation = text.load(with(keys, "validation"));

    assertEquals(List.of("", "[UNK]", "a", "b", "c"), vocabulary(train));
    assertEquals(vocabulary(train), vocabulary(validation));
    assertEquals(4, train.size());
    assertArrayEquals(new int[] {3, 2}, row(x(train), 3));
    assertArrayEquals(new int[] {2, 4}, row(y(train), 3));
    assertEquals(2, validation.size());
    assertArrayEquals(new int[] {1, 1}, row(x(validation), 0));
    assertArrayEquals(new int[] {1, 2}, row(y(validation), 0));
    assertArrayEquals(new int[] {2, 1}, row(y(validation), 1));
    assertEquals(List.of("4 tokens, 3 of them unknown; a vocabulary of 5"), validation.remarks());
  }

  private static Map<String, Object> with(Map<String, Object> keys, String subset) {
    Map<String, Object> all = new HashMap<>(keys);
    all.put("subset", subset);
    return all;
  }

  @Test
  void anotherFileIsReadWithTheVocabularyOfTraining() {
    Dataset train = load("aab", Map.of("sequence_length", 1));
    DataSource other = TextFolder.source(Map.of("sequence_length", 1));
    TextFolder.with(folder, "bbaz");
    Dataset alone = other.load(folder);
    Dataset data = other.numberedAs(train::classes).load(folder);

    assertEquals(List.of("", "[UNK]", "b", "z", "a"), vocabulary(alone));
    assertEquals(vocabulary(train), vocabulary(data));
    assertArrayEquals(new int[] {3, 3, 2}, x(data).reshape(3).toIntVector());
    assertArrayEquals(new int[] {3, 2, 1}, y(data).reshape(3).toIntVector());
  }

  @Test
  void aVocabularyThatIsListed() {
    for (List<String> listed : List.of(List.of("b", "a"), List.of("", "[UNK]", "b", "a"))) {
      Dataset data = load("abc", Map.of("sequence_length", 2, "vocabulary", listed));
      assertEquals(List.of("", "[UNK]", "b", "a"), vocabulary(data));
      assertArrayEquals(new int[] {3, 2, 1}, all(data));
    }
  }

  @Test
  void lineEndsOfWindowsZippedFilesAndOtherEncodings() throws IOException {
    Map<String, Object> keys = Map.of("sequence_length", 3);
    Dataset unix = load("a\nb\n", keys);
    Dataset windows = load("\uFEFFa\r\nb\r\n", keys);
    assertEquals(vocabulary(unix), vocabulary(windows));
    assertArrayEquals(all(unix), all(windows));

    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write("a\nb\n".getBytes(StandardCharsets.UTF_8));
    }
    assertArrayEquals(all(unix), all(TextFolder.with(folder, zipped.toByteArray()).load(keys)));

    byte[] latin = "äöü!".getBytes(StandardCharsets.ISO_8859_1);
    Dataset other =
        TextFolder.with(folder, latin).load(Map.of("sequence_length", 3, "encoding", "iso-8859-1"));
    assertEquals(List.of("", "[UNK]", "ü", "ö", "ä", "!"), vocabulary(other));
  }

  @Test
  void theTokenizerReadsAsTheSourceDoes() {
    DataSource source = TextFolder.source(Map.of("split", "whitespace", "standardize", "lower"));
    Tokenizer words =
        source
            .tokenizer(() -> Map.of("token", List.of("", "[UNK]", "to", "be")))
            .orElseGet(() -> fail("no tokenizer"));

    assertEquals(List.of("to", "be", "or"), words.split(" To be\r\nOR "));
    assertEquals(List.of("", "[UNK]", "to", "be"), words.vocabulary());
    assertEquals(" ", words.separator());
    assertEquals(2, words.reserved());
    assertEquals(0, words.padding());
    assertTrue(source.tokenizer(Map::of).isEmpty());

    Tokenizer listed =
        TextFolder.source(Map.of("vocabulary", List.of("x")))
            .tokenizer(() -> fail("need not be asked"))
            .orElseGet(() -> fail("no tokenizer"));
    assertEquals(List.of("", "[UNK]", "x"), listed.vocabulary());
    assertEquals(List.of("\uD83D\uDE00", "\n"), listed.split("\uD83D\uDE00\n"));
    assertEquals("", listed.separator());
  }
}
