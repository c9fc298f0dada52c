package secateur.kernel;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** The elements that the name or the call at a place may mean. */
final class Candidates {

  private final ParsedJava java;
  private final Trees trees;

  /** @param java analyzed */
  Candidates(ParsedJava java) {
    this.java = java;
    this.trees = Trees.instance(java.task());
  }

  /** Methods whose parameters take the arguments come first. */
  List<Element> at(int position) {
    for (TreePath path = pathTo(position); path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if (tree instanceof MethodInvocationTree call) {
        return fitting(methods(path, call.getMethodSelect()), path, call.getArguments());
      }
      if (tree instanceof NewClassTree creation) {
        TreePath type = new TreePath(path, creation.getIdentifier());
        return fitting(members(trees.getTypeMirror(type), "<init>"), path, creation.getArguments());
      }
      if (tree instanceof IdentifierTree || tree instanceof MemberSelectTree) {
        return named(path, (ExpressionTree) tree);
      }
    }
    return List.of();
  }

  private List<Element> named(TreePath path, ExpressionTree name) {
    List<Element> found = Optional.ofNullable(trees.getElement(path)).filter(Candidates::isKnown).stream().toList();
    return found.isEmpty() ? fitting(methods(path.getParentPath(), name), path, List.of()) : found;
  }

  private static boolean isKnown(Element element) {
    return element.asType().getKind() != TypeKind.ERROR && element.getKind() != ElementKind.PACKAGE;
  }

  private TreePath pathTo(int position) {
    SourcePositions positions = trees.getSourcePositions();
    TreePath[] deepest = new TreePath[1];
    new TreePathScanner<Void, Void>() {
      @Override
      public Void scan(Tree tree, Void none) {
        if (tree != null && positions.getStartPosition(java.unit(), tree) <= position
            && position <= positions.getEndPosition(java.unit(), tree)) {
          deepest[0] = getCurrentPath() == null ? new TreePath(java.unit()) : new TreePath(getCurrentPath(), tree);
        }
        return super.scan(tree, none);
      }

      @Override
      public Void visitErroneous(com.sun.source.tree.ErroneousTree wrong, Void none) {
        return scan(wrong.getErrorTrees(), none);
      }
    }.scan(java.unit(), null);
    return deepest[0];
  }

  private Stream<ExecutableElement> methods(TreePath call, ExpressionTree select) {
    if (select instanceof MemberSelectTree member) {
      TreePath receiver = new TreePath(new TreePath(call, select), member.getExpression());
      return members(trees.getTypeMirror(receiver), member.getIdentifier().toString());
    }
    String name = select.toString();
    Stream<TypeMirror> around = Stream.iterate(call, path -> path != null, TreePath::getParentPath)
        .filter(path -> path.getLeaf() instanceof ClassTree).map(path -> trees.getElement(path).asType());
    Stream<TypeMirror> imported = java.unit().getImports().stream().filter(ImportTree::isStatic)
        .map(each -> ((MemberSelectTree) each.getQualifiedIdentifier()))
        .filter(each -> each.getIdentifier().contentEquals("*") || each.getIdentifier().contentEquals(name))
        .map(each -> java.task().getElements().getTypeElement(each.getExpression().toString()))
        .filter(type -> type != null).map(Element::asType);
    return Stream.concat(around, imported).flatMap(type -> members(type, name));
  }

  private Stream<ExecutableElement> members(TypeMirror type, String name) {
    TypeMirror bound = type != null && type.getKind() == TypeKind.TYPEVAR ? java.task().getTypes().erasure(type) : type;
    return bound == null || !(java.task().getTypes().asElement(bound) instanceof TypeElement element) ? Stream.of()
        : java.task().getElements().getAllMembers(element).stream().filter(ExecutableElement.class::isInstance)
            .map(ExecutableElement.class::cast).filter(each -> each.getSimpleName().contentEquals(name));
  }

  private List<Element> fitting(Stream<ExecutableElement> candidates, TreePath call, List<? extends ExpressionTree> arguments) {
    List<TypeMirror> given = arguments.stream().map(argument -> trees.getTypeMirror(new TreePath(call, argument))).toList();
    return candidates.distinct().sorted(Comparator.comparing((ExecutableElement each) -> !takes(each, given))
        .thenComparing(each -> each.getParameters().size())).map(Element.class::cast).toList();
  }

  private boolean takes(ExecutableElement method, List<TypeMirror> given) {
    Types types = java.task().getTypes();
    boolean takes = given.size() <= method.getParameters().size();
    for (int i = 0; takes && i < given.size(); i++) {
      TypeMirror parameter = types.erasure(method.getParameters().get(i).asType());
      takes = given.get(i) == null || given.get(i).getKind() == TypeKind.ERROR || types.isAssignable(types.erasure(given.get(i)), parameter);
    }
    return takes;
  }
}
