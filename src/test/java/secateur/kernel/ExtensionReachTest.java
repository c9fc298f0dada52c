package secateur.kernel;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the extension names of jjava-jupyter. A stock kernel brings its own version of that, whose members may differ from
 * those compiled against, and whose Gson, SLF4J and ZeroMQ lie in other packages.
 */
class ExtensionReachTest {

  /** What 1.0-a6, 1.0-a7 and 1.0 of 2026-02 have alike. */
  private static final Set<String> COMMON = Set.of(
      "Extension", "kernel.BaseKernel", "kernel.BaseKernel.display", "kernel.BaseKernel.evalRaw", "kernel.BaseKernel.getIO",
      "kernel.BaseKernel.getMagicsRegistry", "kernel.BaseKernel.getName", "kernel.BaseKernel.getRenderer",
      "kernel.BaseNotebookStatics",
      "kernel.DisplayStream", "kernel.DisplayStream.updateDisplay", "kernel.JupyterIO", "kernel.JupyterIO.display",
      "kernel.display.DisplayData", "kernel.display.DisplayData.putData", "kernel.display.DisplayData.putMetaData",
      "kernel.display.DisplayData.putTransientData",
      "kernel.display.RenderContext", "kernel.display.RenderContext.getOutputContainer", "kernel.display.RenderFunction",
      "kernel.display.Renderer", "kernel.display.Renderer.createRegistration", "kernel.display.Renderer.render",
      "kernel.display.Renderer$RenderRegistration", "kernel.display.Renderer$RenderRegistration.register",
      "kernel.magic.CellMagic", "kernel.magic.LineMagic",
      "kernel.magic.MagicsRegistry", "kernel.magic.MagicsRegistry.<init>",
      "kernel.magic.MagicsRegistry.getCellMagicNames", "kernel.magic.MagicsRegistry.getLineMagicNames",
      "kernel.magic.MagicsRegistry.registerCellMagic", "kernel.magic.MagicsRegistry.registerLineMagic");

  private static final String JJAVA = "org.dflib.jjava.jupyter.";

  private static Set<JavaClass> reached;

  @BeforeAll
  static void walk() {
    JavaClasses all = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("secateur");
    reached = reach(all.get(SecateurExtension.class));
  }

  private static Set<JavaClass> reach(JavaClass first) {
    Set<JavaClass> seen = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
    Deque<JavaClass> open = new ArrayDeque<>(Set.of(first));
    while (!open.isEmpty()) {
      JavaClass next = open.pop();
      if (seen.add(next)) {
        next.getDirectDependenciesFromSelf().stream().map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> target.getPackageName().startsWith("secateur.")).forEach(open::push);
      }
    }
    return seen;
  }

  private static Stream<String> classes(JavaClass from) {
    return from.getDirectDependenciesFromSelf().stream().map(dependency -> dependency.getTargetClass().getName());
  }

  private static Stream<String> members(JavaClass from) {
    return Stream.concat(from.getAccessesFromSelf().stream(), from.getMethodReferencesFromSelf().stream())
        .map(JavaAccess::getTarget).map(target -> target.getOwner().getName() + "." + target.getName());
  }

  @Test
  void itNamesOnlyWhatAllVersionsHave() {
    Set<String> named = reached.stream().flatMap(each -> Stream.concat(classes(each), members(each)))
        .filter(name -> name.startsWith(JJAVA)).map(name -> name.substring(JJAVA.length())).collect(toCollection(TreeSet::new));
    assertThat(named).isSubsetOf(COMMON).contains("Extension", "kernel.BaseKernel.getRenderer",
        "kernel.display.DisplayData.putTransientData");
  }

  @Test
  void whatItNamesHasNoRelocatedTypes() throws ClassNotFoundException {
    JavaClasses jjava = new ClassFileImporter().importPackages("org.dflib.jjava");
    Set<String> relocated = new TreeSet<>();
    jjava.forEach(owner -> owner.getMembers().stream()
        .filter(member -> COMMON.contains((owner.getName() + "." + member.getName()).replace(JJAVA, "")))
        .filter(member -> member.getDescriptor().matches(".*L(com/google|org/slf4j|org/zeromq|zmq|org/apache)/.*"))
        .forEach(member -> relocated.add(member.getFullName())));
    assertThat(relocated).isEmpty();
    assertThat(jjava.get("org.dflib.jjava.jupyter.kernel.comm.Comm").getMembers())
        .anyMatch(member -> member.getDescriptor().contains("com/google/gson"));
  }

  @Test
  void ourOwnKernelIsNoPartOfIt() {
    assertThat(reached).extracting(JavaClass::getSimpleName).contains("Toolkit", "Views", "JJavaHost")
        .doesNotContain("SecateurKernel", "KernelHost", "KernelIO", "CellRunner", "Evaluator", "Execution", "Assist");
  }
}
