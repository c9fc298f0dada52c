package secateur.kernel;

import com.sun.source.doctree.DeprecatedTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.InheritDocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.SeeTree;
import com.sun.source.doctree.SinceTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import secateur.lab.Html;

/** Writes a documentation comment as HTML without attributes, links or scripts. */
final class DocHtml extends SimpleDocTreeVisitor<String, Void> {

  private static final Set<String> TAGS = Set.of("p", "pre", "ul", "ol", "li", "dl", "dt", "dd", "code", "em", "i", "b", "strong",
      "tt", "sub", "sup", "br", "hr", "table", "caption", "thead", "tbody", "tr", "th", "td", "blockquote", "h1", "h2", "h3", "h4");

  private final Supplier<String> inherited;

  /** @param inherited what {@code @inheritDoc} stands for */
  DocHtml(Supplier<String> inherited) {
    this.inherited = inherited;
  }

  String of(DocCommentTree comment) {
    String tags = of(comment.getBlockTags());
    return "<p>" + of(comment.getFullBody()) + "</p>" + (tags.isEmpty() ? "" : "\n<dl>" + tags + "</dl>");
  }

  private String of(List<? extends DocTree> trees) {
    return trees.stream().map(tree -> visit(tree, null)).collect(Collectors.joining());
  }

  private static String code(String text) {
    return "<code>" + Html.escape(text) + "</code>";
  }

  private static String tag(String term, String description) {
    return "\n<dt>" + term + "</dt><dd>" + description + "</dd>";
  }

  @Override
  protected String defaultAction(DocTree tree, Void none) {
    return tree.getKind().tagName == null ? Html.escape(tree.toString()) : "";
  }

  @Override
  public String visitText(TextTree text, Void none) {
    return text.getBody();
  }

  @Override
  public String visitEntity(EntityTree entity, Void none) {
    return entity.toString();
  }

  @Override
  public String visitStartElement(StartElementTree element, Void none) {
    String name = element.getName().toString().toLowerCase(Locale.ROOT);
    return TAGS.contains(name) ? "<" + name + ">" : "";
  }

  @Override
  public String visitEndElement(EndElementTree element, Void none) {
    String name = element.getName().toString().toLowerCase(Locale.ROOT);
    return TAGS.contains(name) ? "</" + name + ">" : "";
  }

  @Override
  public String visitLiteral(LiteralTree literal, Void none) {
    String body = literal.getBody().getBody();
    return literal.getKind() == DocTree.Kind.CODE ? code(body) : Html.escape(body);
  }

  @Override
  public String visitLink(LinkTree link, Void none) {
    return link.getLabel().isEmpty() ? code(reference(link.getReference().getSignature())) : of(link.getLabel());
  }

  private static String reference(String signature) {
    return signature.startsWith("#") ? signature.substring(1) : signature.replace('#', '.');
  }

  @Override
  public String visitValue(ValueTree value, Void none) {
    return value.getReference() == null ? "" : code(reference(value.getReference().getSignature()));
  }

  @Override
  public String visitInheritDoc(InheritDocTree inherit, Void none) {
    return inherited.get();
  }

  @Override
  public String visitParam(ParamTree param, Void none) {
    String name = param.isTypeParameter() ? "<" + param.getName() + ">" : param.getName().toString();
    return tag(code(name), of(param.getDescription()));
  }

  @Override
  public String visitReturn(ReturnTree tree, Void none) {
    String description = of(tree.getDescription());
    return tree.isInline() ? "Returns " + description + "." : tag("returns", description);
  }

  @Override
  public String visitThrows(ThrowsTree thrown, Void none) {
    return tag("throws " + code(thrown.getExceptionName().toString()), of(thrown.getDescription()));
  }

  @Override
  public String visitDeprecated(DeprecatedTree deprecated, Void none) {
    return tag("deprecated", of(deprecated.getBody()));
  }

  @Override
  public String visitSince(SinceTree since, Void none) {
    return tag("since", of(since.getBody()));
  }

  @Override
  public String visitSee(SeeTree see, Void none) {
    return tag("see", see.getReference().stream().map(Object::toString).map(DocHtml::reference).map(DocHtml::code)
        .collect(Collectors.joining(" ")));
  }
}
