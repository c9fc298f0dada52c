package secateur.kernel;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Declarations as one line of Java; packages are named only of the class that is declared. */
final class Signature {

  private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");

  private Signature() {}

  static String of(Element element) {
    if (element instanceof TypeElement type) {
      return type(type);
    }
    if (element instanceof ExecutableElement executable) {
      return executable(executable);
    }
    Element owner = element.getEnclosingElement();
    return modifiers(element) + simple(element.asType()) + " "
        + (owner instanceof TypeElement ? owner.getSimpleName() + "." : "") + element.getSimpleName();
  }

  private static String type(TypeElement type) {
    String kind = type.getKind() == ElementKind.ANNOTATION_TYPE ? "@interface" : type.getKind().name().toLowerCase(Locale.ROOT);
    String components = type.getKind() != ElementKind.RECORD ? ""
        : type.getRecordComponents().stream().map(each -> simple(each.asType()) + " " + each.getSimpleName())
            .collect(Collectors.joining(", ", "(", ")"));
    List<TypeMirror> above = type.getSuperclass().getKind() == TypeKind.NONE ? List.of() : List.of(type.getSuperclass());
    String parent = above.isEmpty() || type.getKind() != ElementKind.CLASS || above.get(0).toString().equals("java.lang.Object")
        ? "" : " extends " + simple(above.get(0));
    String interfaces = type.getInterfaces().isEmpty() ? "" : type.getInterfaces().stream().map(Signature::simple)
        .collect(Collectors.joining(", ", type.getKind().isInterface() ? " extends " : " implements ", ""));
    return kind + " " + type.getQualifiedName() + variables(type.getTypeParameters()) + components + parent + interfaces;
  }

  private static String executable(ExecutableElement executable) {
    TypeElement owner = (TypeElement) executable.getEnclosingElement();
    boolean constructor = executable.getKind() == ElementKind.CONSTRUCTOR;
    String variables = variables(executable.getTypeParameters());
    String head = constructor ? owner.getSimpleName().toString()
        : modifiers(executable) + variables + (variables.isEmpty() ? "" : " ") + simple(executable.getReturnType()) + " "
            + owner.getSimpleName() + "." + executable.getSimpleName();
    String parameters = executable.getParameters().stream().map(each -> simple(each.asType()) + " " + each.getSimpleName())
        .collect(Collectors.joining(", ", "(", ")"));
    String thrown = executable.getThrownTypes().isEmpty() ? "" : executable.getThrownTypes().stream().map(Signature::simple)
        .collect(Collectors.joining(", ", " throws ", ""));
    return head + (executable.isVarArgs() ? parameters.replaceFirst("\\[\\](?= \\w+\\)$)", "...") : parameters) + thrown;
  }

  private static String modifiers(Element element) {
    return element.getModifiers().contains(Modifier.STATIC) ? "static " : "";
  }

  private static String variables(List<? extends TypeParameterElement> parameters) {
    return parameters.isEmpty() ? ""
        : parameters.stream().map(Signature::variable).collect(Collectors.joining(", ", "<", ">"));
  }

  private static String variable(TypeParameterElement parameter) {
    String bounds = parameter.getBounds().stream().map(Signature::simple).filter(bound -> !bound.equals("Object"))
        .collect(Collectors.joining(" & "));
    return parameter.getSimpleName() + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  private static String simple(TypeMirror type) {
    return PACKAGES.matcher(type.toString()).replaceAll("").replace(",", ", ").replace(",  ", ", ");
  }
}
