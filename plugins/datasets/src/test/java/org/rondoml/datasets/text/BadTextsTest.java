package org.rondoml.datasets.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.api.DataException;
import org.rondoml.api.ModelFileException;
import org.rondoml.core.spi.DataSource;

/** What is said of files and keys that don't do; FILE stands for the file's name. */
class BadTextsTest {
  @TempDir private Path folder = Path.of("");

  private void assertRefused(String message, String content, Map<String, ?> keys) {
    assertRefused(message, content.getBytes(StandardCharsets.UTF_8), keys);
  }

  private void assertRefused(String message, byte[] content, Map<String, ?> keys) {
    TextFolder text = TextFolder.with(folder, content);
    DataException refusal = assertThrows(DataException.class, () -> text.load(keys));
    assertEquals(message.replace("FILE", text.file().toString()), refusal.getMessage());
  }

  private static void assertKeysRefused(String message, Map<String, ?> keys) {
    ModelFileException refusal =
        assertThrows(ModelFileException.class, () -> TextFolder.source(keys));
    assertEquals(1, refusal.problems().size(), refusal.getMessage());
    assertEquals(
        message, refusal.problems().get(0).path() + ": " + refusal.problems().get(0).message());
  }

  @Test
  void noFile() {
    DataSource source = TextFolder.source(Map.of("path", "none.txt"));
    DataException refusal = assertThrows(DataException.class, () -> source.load(folder));
    assertEquals(folder.resolve("none.txt") + ": no such file", refusal.getMessage());
  }

  @Test
  void nothingInIt() {
    assertRefused("FILE: has no tokens in it; expected text", "", Map.of());
    assertRefused(
        "FILE: has no tokens in it; expected text", " \n ", Map.of("split", "whitespace"));
    assertRefused(
        "FILE: has no tokens in it; expected text",
        "...",
        Map.of("standardize", "strip_punctuation"));
  }

  @Test
  void bytesThatAreNoText() {
    byte[] latin = "Tür\nJörg".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(
        "FILE:1: byte 0xFC is not UTF-8: save the file in UTF-8, or name what it is in, such as"
            + " encoding: windows-1252",
        latin,
        Map.of());
    assertRefused(
        "FILE: is in UTF-16, expected UTF-8: save it in UTF-8, or write encoding: utf-16",
        "text".getBytes(StandardCharsets.UTF_16),
        Map.of());
  }

  @Test
  void tooShort() {
    assertRefused(
        "FILE: 3 tokens, expected at least 4: a window of 3 and the token after it; choose a smaller"
            + " sequence_length",
        "abc",
        Map.of("sequence_length", 3));
    Map<String, Object> split = Map.of("sequence_length", 3, "validation_split", 0.1);
    Map<String, Object> validation = new HashMap<>(split);
    validation.put("subset", "validation");
    assertRefused(
        "FILE: 1 token in the validation part, by validation_split 0.1 of 10, expected at least 4: a"
            + " window of 3 and the token after it; choose a smaller sequence_length",
        "abcdefghij",
        validation);
  }

  @Test
  void aVocabularyThatDoesNotFit() {
    assertRefused(
        "FILE: none of its tokens is in the vocabulary; found 'a', '\\n', 'b': see split, standardize"
            + " and vocabulary, which must be as in the training data",
        "a\nb",
        Map.of("vocabulary", List.of("x"), "sequence_length", 1));
    TextFolder text = TextFolder.with(folder, "ab");
    DataException refusal =
        assertThrows(
            DataException.class,
            () ->
                TextFolder.source(Map.of("vocabulary", List.of("a", "b")))
                    .numberedAs(() -> Map.of("token", List.of("", "[UNK]", "b", "a", "c"))));
    assertEquals(
        text.file().getFileName()
            + ": vocabulary lists 4 tokens, counting the two for padding and unknown ones, which are"
            + " not the 5 of the training data, so their numbers differ: leave it out here",
        refusal.getMessage());
  }

  @Test
  void keysThatContradictEachOther() {
    assertKeysRefused(
        "text.subset: needs validation_split, the share of the validation part, such as 0.2",
        Map.of("subset", "training"));
    assertKeysRefused(
        "text.validation_split: needs subset: training or validation, the part to use",
        Map.of("validation_split", 0.2));
    assertKeysRefused(
        "text.max_tokens: is for a vocabulary that is learned; leave out one of the two",
        Map.of("max_tokens", 9, "vocabulary", List.of("a")));
    assertKeysRefused(
        "text.encoding: found 'utf-9', expected an encoding that Java knows, such as utf-8,"
            + " windows-1252 or iso-8859-1",
        Map.of("encoding", "utf-9"));
  }

  @Test
  void tokensThatAreNone() {
    assertKeysRefused(
        "text.vocabulary: found an empty list; expected tokens", Map.of("vocabulary", List.of()));
    assertKeysRefused(
        "text.vocabulary: 'ab' has several characters, but split: character makes each a token",
        Map.of("vocabulary", List.of("a", "ab")));
    assertKeysRefused(
        "text.vocabulary: 'a b' has white space in it, which split: whitespace parts",
        Map.of("vocabulary", List.of("a b"), "split", "whitespace"));
    assertKeysRefused(
        "text.vocabulary: 'A' never comes, as standardize makes 'a' of it",
        Map.of("vocabulary", List.of("A"), "standardize", "lower"));
    assertKeysRefused(
        "text.vocabulary: 'a' is there twice", Map.of("vocabulary", List.of("a", "a")));
    assertKeysRefused(
        "text.vocabulary: '[UNK]' stands for no text; leave it out, it is there anyway",
        Map.of("vocabulary", List.of("a", "[UNK]"), "split", "whitespace"));
  }
}
