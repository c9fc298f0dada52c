package secateur.kernel;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Documentation and source of elements that a compiler knows from class files. */
final class Documented {

  private record Found(ParsedJava parsed, TreePath path) {

    Optional<DocCommentTree> comment() {
      return Optional.ofNullable(DocTrees.instance(parsed.task()).getDocCommentTree(path));
    }

    String text() {
      SourcePositions positions = DocTrees.instance(parsed.task()).getSourcePositions();
      Tree tree = path.getLeaf();
      int start = (int) positions.getStartPosition(parsed.unit(), tree);
      return parsed.source().substring(start, (int) positions.getEndPosition(parsed.unit(), tree)).stripIndent();
    }
  }

  private final SourceFiles files;
  private final ParsedJava cell;
  private final Elements elements;
  private final Types types;

  Documented(SourceFiles files, ParsedJava cell) {
    this.files = files;
    this.cell = cell;
    this.elements = cell.task().getElements();
    this.types = cell.task().getTypes();
  }

  /** The documentation as HTML, that of the overridden method if it has none of its own; empty if there is none. */
  String html(Element element) {
    return find(element).flatMap(Found::comment).map(comment -> new DocHtml(() -> inherited(element)).of(comment))
        .orElseGet(() -> inherited(element));
  }

  /** The source text; empty if it is not at hand. */
  String source(Element element) {
    return find(element).map(Found::text).orElse("");
  }

  private String inherited(Element element) {
    if (element.getKind() == ElementKind.CONSTRUCTOR && isCanonical((ExecutableElement) element)) {
      return html(element.getEnclosingElement());
    }
    return element.getKind() != ElementKind.METHOD ? ""
        : overridden((ExecutableElement) element, (TypeElement) element.getEnclosingElement())
            .map(this::html).filter(html -> !html.isEmpty()).findFirst().orElse("");
  }

  /** Whether its parameters are the components of a record. */
  private static boolean isCanonical(ExecutableElement constructor) {
    TypeElement owner = (TypeElement) constructor.getEnclosingElement();
    return owner.getKind() == ElementKind.RECORD && constructor.getParameters().stream().map(Element::getSimpleName).toList()
        .equals(owner.getRecordComponents().stream().map(Element::getSimpleName).toList());
  }

  private Stream<ExecutableElement> overridden(ExecutableElement method, TypeElement type) {
    return types.directSupertypes(type.asType()).stream().map(each -> (TypeElement) types.asElement(each))
        .flatMap(each -> Stream.concat(declared(method, type, each), overridden(method, each)));
  }

  private Stream<ExecutableElement> declared(ExecutableElement method, TypeElement type, TypeElement above) {
    return above.getEnclosedElements().stream().filter(ExecutableElement.class::isInstance).map(ExecutableElement.class::cast)
        .filter(each -> elements.overrides(method, each, (TypeElement) method.getEnclosingElement()));
  }

  /** Whether it is declared in the cell or the session, not in a library. */
  boolean isTyped(Element element) {
    return inCell(element).isPresent();
  }

  private Optional<Found> find(Element element) {
    return inCell(element).or(() -> inFiles(element));
  }

  private Optional<Found> inCell(Element element) {
    return Stream.of(element, element.getEnclosingElement()).map(DocTrees.instance(cell.task())::getPath)
        .filter(path -> path != null && isWritten(path)).findFirst().map(path -> new Found(cell, path));
  }

  /** Whether it stands in the source; a record's constructor may not. */
  private boolean isWritten(TreePath path) {
    return DocTrees.instance(cell.task()).getSourcePositions().getEndPosition(cell.unit(), path.getLeaf()) >= 0;
  }

  private Optional<Found> inFiles(Element element) {
    Deque<TypeElement> owners = new ArrayDeque<>();
    for (Element each = element; each instanceof TypeElement || each.getEnclosingElement() instanceof TypeElement;
        each = each.getEnclosingElement()) {
      if (each instanceof TypeElement type) {
        owners.addFirst(type);
      }
    }
    if (owners.isEmpty()) {
      return Optional.empty();
    }
    String module = Optional.ofNullable(elements.getModuleOf(element)).map(Object::toString)
        .filter(name -> !name.startsWith("unnamed")).orElse("");
    return files.of(module, owners.getFirst().getQualifiedName().toString()).flatMap(source -> find(source, owners, element));
  }

  private static Optional<Found> find(String source, Deque<TypeElement> owners, Element element) {
    ParsedJava parsed = ParsedJava.of(source, null, List.of());
    TreePath path = new TreePath(parsed.unit());
    List<? extends Tree> members = parsed.unit().getTypeDecls();
    for (TypeElement owner : owners) {
      Optional<ClassTree> type = members.stream().filter(ClassTree.class::isInstance).map(ClassTree.class::cast)
          .filter(tree -> tree.getSimpleName().contentEquals(owner.getSimpleName())).findFirst();
      if (type.isEmpty()) {
        return Optional.empty();
      }
      path = new TreePath(path, type.get());
      members = type.get().getMembers();
    }
    TreePath owner = path;
    Optional<Tree> member = members.stream().filter(tree -> declares(tree, element)).map(Tree.class::cast).findFirst();
    boolean whole = element instanceof TypeElement
        || member.isEmpty() && element.getEnclosingElement().getKind() == ElementKind.RECORD; // made of the header
    return whole ? Optional.of(new Found(parsed, owner))
        : member.map(tree -> new Found(parsed, new TreePath(owner, tree)));
  }

  private static boolean declares(Tree tree, Element element) {
    if (element instanceof ExecutableElement executable) {
      return tree instanceof MethodTree method && method.getName().contentEquals(executable.getSimpleName())
          && sameParameters(method, executable);
    }
    return element instanceof VariableElement && tree instanceof VariableTree variable
        && variable.getName().contentEquals(element.getSimpleName());
  }

  private static boolean sameParameters(MethodTree method, ExecutableElement executable) {
    List<? extends VariableTree> written = method.getParameters();
    List<? extends VariableElement> known = executable.getParameters();
    boolean same = written.size() == known.size();
    for (int i = 0; same && i < written.size(); i++) {
      boolean variable = known.get(i).asType().getKind() == TypeKind.TYPEVAR;
      same = variable || simple(written.get(i).getType().toString()).equals(simple(known.get(i).asType().toString()));
    }
    return same;
  }

  /** Without annotations, packages and type arguments. */
  private static String simple(String type) {
    String bare = type.replaceAll("@[\\w.]+(?:\\([^)]*\\))?\\s*,?", "").replaceAll("\\s+", "").replace("...", "[]");
    while (bare.contains("<")) {
      bare = bare.replaceFirst("<[^<>]*>", "");
    }
    return bare.replaceAll("[\\w.]+\\.", "");
  }
}
