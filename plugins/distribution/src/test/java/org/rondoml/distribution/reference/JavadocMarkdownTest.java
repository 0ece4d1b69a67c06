package org.rondoml.distribution.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavadocMarkdownTest {
  @TempDir private Path folder = Path.of("");

  private String markdown(String comment) throws IOException {
    Path source = folder.resolve("Outer.java");
    Files.writeString(
        source,
        "package org.acme;\n/** Another's. */\nclass Outer {\n"
            + comment.strip()
            + "\n  static final class Described {}\n}\n");
    return new SourceDocs(List.of(source)).text("org.acme.Outer$Described").orElse("none");
  }

  @Test
  void translatesWhatJavadocsAreMadeOf() throws IOException {
    assertEquals(
        """
        Adds {braces} and `code with spaces` to `Scale`, where a < b < c & d.

            y  = g · x    for all {i}
            dx = g · dy

              indented

        Then:

        - one, see `Layer.keepsMask`
        - two, which is long enough to need a second line, because it goes on and on and on, until it is
          there

        1. first
        2. second

        Source: *Keras*, `keras/src/layers.py`, on the web (https://keras.io).
        """,
        markdown(
            """
            /**
             * Adds {@literal {braces}} and {@code code
             * with   spaces} to {@link org.rondoml.Scale},
             * where a &lt; b < c &amp; d.
             *
             * <pre>
             * y  = g · x    for all {i}
             * dx = g · dy
             *
             *   indented
             * </pre>
             *
             * <p>Then:
             *
             * <ul>
             *   <li>one, see {@link Layer#keepsMask()}
             *   <li>two, {@linkplain Layer which} is long enough to need a second line, because it goes on and
             *       on and on, until it is there
             * </ul>
             *
             * <ol>
             *   <li>first
             *   <li>second
             * </ol>
             *
             * <p>Source: <em>Keras</em>, {@code keras/src/layers.py}, <a href="https://keras.io">on the
             * web</a>.
             *
             * @param nothing is left out
             */
            """));
  }

  @Test
  void aClassMayHaveNone() throws IOException {
    assertEquals("none", markdown(""));
  }

  @Test
  void refusesWhatItCannotShow() {
    assertEquals(
        "org.acme.Outer$Described: the reference doesn't know the element <table>: use p, pre or a list",
        assertThrows(IllegalStateException.class, () -> markdown("/** A <table></table>. */"))
            .getMessage());
  }
}
