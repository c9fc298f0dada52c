package secateur;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers of the design. */
class ArchitectureTest {

  /** Lowest first; packages on a line are siblings. */
  private static final List<List<String>> LAYERS = List.of(List.of("tensor"), List.of("file"), List.of("gguf"), List.of("hub"), List.of("text"),
      List.of("spec"), List.of("model"), List.of("calibrate", "train", "measure"), List.of("method"),
      List.of("prune", "quantize", "distill"), List.of("export"), List.of("lab"), List.of("kernel"), List.of("kernel.ijava"),
      List.of("cli"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("secateur");

  static Stream<String> packages() {
    return LAYERS.stream().flatMap(List::stream);
  }

  private static String[] below(String name) {
    List<String> below = new ArrayList<>(List.of("secateur." + name + ".."));
    for (List<String> line : LAYERS) {
      if (line.contains(name)) {
        break;
      }
      line.forEach(each -> below.add("secateur." + each + ".."));
    }
    return below.toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyThoseBelowIt(String name) {
    DescribedPredicate<JavaClass> above = resideInAPackage("secateur..").and(DescribedPredicate.not(resideInAnyPackage(below(name))));
    noClasses().that().resideInAPackage("secateur." + name + "..").should().dependOnClassesThat(above)
        .allowEmptyShould(true).check(CLASSES);
  }

  @Test
  void everyPackageHasItsPlace() {
    Set<String> there = new TreeSet<>();
    CLASSES.forEach(each -> there.add(each.getPackageName()));
    assertThat(packages().map(name -> "secateur." + name)).containsAll(there);
  }

  @Test
  void noCycles() {
    slices().matching("secateur.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheFacesPrint() {
    noClasses().that().resideOutsideOfPackages("secateur.kernel..", "secateur.cli..").should(ACCESS_STANDARD_STREAMS).check(CLASSES);
  }

  @Test
  void onlyTheLabAndTheFacesKnowTablesAndCharts() {
    noClasses().that().resideOutsideOfPackages("secateur.lab..", "secateur.kernel..", "secateur.cli..")
        .should().dependOnClassesThat().resideInAnyPackage("tech.tablesaw..", "org.knowm..").check(CLASSES);
  }

  @Test
  void theLabKnowsNoConcreteMethod() {
    noClasses().that().resideInAPackage("secateur.lab..").should().dependOnClassesThat()
        .resideInAnyPackage("secateur.prune..", "secateur.quantize..", "secateur.distill..").check(CLASSES);
  }

  @Test
  void methodsAreRecords() {
    classes().that().implement("secateur.method.Method").and().areNotInterfaces().and().doNotHaveModifier(
        com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC).should().beRecords().check(CLASSES);
  }

  @Test
  void onlyItsAdapterKnowsIJava() {
    noClasses().that().resideOutsideOfPackage("secateur.kernel.ijava").should().dependOnClassesThat()
        .resideInAnyPackage("io.github.spencerpark..", "secateur.kernel.ijava").check(CLASSES);
  }

  @Test
  void theEngineIsTouchedInOnePlace() {
    noClasses().that().resideOutsideOfPackage("secateur.tensor..").should().dependOnClassesThat()
        .resideInAnyPackage("ai.djl.pytorch..").check(CLASSES);
  }
}
