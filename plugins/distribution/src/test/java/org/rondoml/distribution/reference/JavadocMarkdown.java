package org.rondoml.distribution.reference;

import com.sun.source.doctree.AttributeTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.ErroneousTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Javadoc of a class as Markdown that reads well as it stands: paragraphs in lines of at most
 * 100 characters, {@code <pre>} as indented code, lists with dashes or numbers. Links become the
 * names of what they lead to.
 */
final class JavadocMarkdown {
  private static final int WIDTH = 100;
  private static final String CODE_INDENT = "    ";

  private final StringBuilder out = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final List<Integer> counters = new ArrayList<>();
  private boolean isCode;
  private boolean isItem;
  private String prefix = "";
  private String address = "";

  private JavadocMarkdown() {}

  /** The Markdown of a comment's text; its block tags are left out. */
  static String of(DocCommentTree comment) {
    JavadocMarkdown markdown = new JavadocMarkdown();
    comment.getFullBody().forEach(tree -> tree.accept(markdown.new Visitor(), null));
    markdown.endBlock();
    return markdown.out.toString().strip() + "\n";
  }

  private final class Visitor extends SimpleDocTreeVisitor<Void, Void> {
    @Override
    public @Nullable Void visitText(TextTree tree, @Nullable Void unused) {
      text.append(tree.getBody());
      return null;
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void unused) {
      String body = tree.getBody().getBody();
      boolean ticks = tree.getKind() == DocTree.Kind.CODE && !isCode;
      text.append(ticks ? "`" + body.strip().replaceAll("\\s+", " ") + "`" : body);
      return null;
    }

    @Override
    public @Nullable Void visitLink(LinkTree tree, @Nullable Void unused) {
      if (!tree.getLabel().isEmpty()) {
        tree.getLabel().forEach(label -> label.accept(this, null));
        return null;
      }
      String signature = tree.getReference().getSignature();
      String name = signature.replaceFirst("\\(.*", "").replaceFirst("^#", "").replace('#', '.');
      String simple = name.replaceFirst("^([a-z]\\w*\\.)+(?=[A-Z])", "");
      text.append(tree.getKind() == DocTree.Kind.LINK ? "`" + simple + "`" : simple);
      return null;
    }

    @Override
    public @Nullable Void visitEntity(EntityTree tree, @Nullable Void unused) {
      text.append(entity(tree.getName().toString()));
      return null;
    }

    /** A lone {@code <}, as in x < 0, which Javadoc takes as it is, too. */
    @Override
    public @Nullable Void visitErroneous(ErroneousTree tree, @Nullable Void unused) {
      text.append(tree.getBody());
      return null;
    }

    @Override
    public @Nullable Void visitStartElement(StartElementTree tree, @Nullable Void unused) {
      tree.getAttributes().stream()
          .filter(
              a ->
                  a instanceof AttributeTree attribute && "href".contentEquals(attribute.getName()))
          .forEach(a -> address = value((AttributeTree) a));
      start(tree.getName().toString().toLowerCase(Locale.ROOT));
      return null;
    }

    @Override
    public @Nullable Void visitEndElement(EndElementTree tree, @Nullable Void unused) {
      end(tree.getName().toString().toLowerCase(Locale.ROOT));
      return null;
    }

    @Override
    protected @Nullable Void defaultAction(DocTree tree, @Nullable Void unused) {
      throw new IllegalArgumentException(
          "the reference can't show " + tree.getKind() + ": " + tree + "; say it in other words");
    }
  }

  private static String value(AttributeTree attribute) {
    return attribute.getValue().stream().map(DocTree::toString).collect(Collectors.joining());
  }

  private static String entity(String name) {
    return switch (name) {
      case "lt" -> "<";
      case "gt" -> ">";
      case "amp" -> "&";
      case "nbsp" -> " ";
      case "quot" -> "\"";
      default ->
          throw new IllegalArgumentException(
              "the reference doesn't know the entity &" + name + "; : write the character itself");
    };
  }

  private void start(String element) {
    switch (element) {
      case "p", "h2", "h3" -> endBlock();
      case "pre" -> {
        endBlock();
        isCode = true;
      }
      case "ul" -> {
        endBlock();
        counters.add(-1);
      }
      case "ol" -> {
        endBlock();
        counters.add(0);
      }
      case "li" -> {
        endBlock();
        isItem = true;
        int last = counters.size() - 1;
        boolean numbered = counters.get(last) >= 0;
        counters.set(last, counters.get(last) + (numbered ? 1 : 0));
        prefix = "  ".repeat(last) + (numbered ? counters.get(last) + ". " : "- ");
      }
      case "em", "i" -> text.append('*');
      case "b", "strong" -> text.append("**");
      case "code" -> text.append('`');
      case "sup" -> text.append('^');
      case "sub" -> text.append('_');
      case "br" -> text.append(' ');
      case "a", "span", "var" -> {} // the text alone
      default ->
          throw new IllegalArgumentException(
              "the reference doesn't know the element <" + element + ">: use p, pre or a list");
    }
  }

  private void end(String element) {
    switch (element) {
      case "pre" -> {
        endBlock();
        isCode = false;
      }
      case "ul", "ol" -> {
        endBlock();
        counters.remove(counters.size() - 1);
        isItem = false;
        if (counters.isEmpty()) {
          out.append('\n');
        }
      }
      case "p", "li", "h2", "h3" -> endBlock();
      case "em", "i" -> text.append('*');
      case "b", "strong" -> text.append("**");
      case "code" -> text.append('`');
      case "a" -> text.append(address.isEmpty() ? "" : " (" + address + ")");
      default -> {} // what began before it says all
    }
  }

  /** Ends a paragraph, an item or a piece of code. */
  private void endBlock() {
    String block = text.toString();
    text.setLength(0);
    if (block.isBlank()) {
      return;
    }
    if (isCode) {
      code(block)
          .forEach(line -> out.append(line.isEmpty() ? "" : CODE_INDENT + line).append('\n'));
      out.append('\n');
    } else if (isItem) {
      String indent = " ".repeat(prefix.length());
      List<String> lines = lines(block, WIDTH - indent.length());
      for (int i = 0; i < lines.size(); i++) {
        out.append(i == 0 ? prefix : indent).append(lines.get(i)).append('\n');
      }
      prefix = indent;
    } else {
      lines(block, WIDTH).forEach(line -> out.append(line).append('\n'));
      out.append('\n');
    }
  }

  /** Lines of code without the margin that all of them have. */
  private static List<String> code(String block) {
    List<String> lines = block.stripTrailing().lines().map(String::stripTrailing).toList();
    int first = lines.get(0).isEmpty() ? 1 : 0;
    int margin =
        lines.stream()
            .filter(line -> !line.isEmpty())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return lines.subList(first, lines.size()).stream()
        .map(line -> line.isEmpty() ? line : line.substring(margin))
        .collect(Collectors.toList());
  }

  private static List<String> lines(String paragraph, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.strip().split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
