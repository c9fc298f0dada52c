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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers of the design. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

  /** Lowest first; packages on a line are siblings. */
  private static final List<List<String>> LAYERS = List.of(List.of("tensor"), List.of("file"), List.of("gguf"), List.of("hub"), List.of("text"),
      List.of("spec"), List.of("model"), List.of("calibrate", "train", "measure"), List.of("method"),
      List.of("prune", "quantize", "distill"), List.of("export"), List.of("lab"), List.of("course"), List.of("kernel"), List.of("kernel.ijava"),
      List.of("grade"), List.of("cli"));

  /** Of the instance, not the class: the tests after these need not carry them. */
  private final JavaClasses classes =
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
        .allowEmptyShould(true).check(classes);
  }

  @Test
  void everyPackageHasItsPlace() {
    Set<String> there = new TreeSet<>();
    classes.forEach(each -> there.add(each.getPackageName()));
    assertThat(packages().map(name -> "secateur." + name)).containsAll(there);
  }

  @Test
  void noCycles() {
    slices().matching("secateur.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyTheFacesPrint() {
    noClasses().that().resideOutsideOfPackages("secateur.kernel..", "secateur.cli..").should(ACCESS_STANDARD_STREAMS).check(classes);
  }

  @Test
  void onlyTheLabAndTheFacesKnowTablesAndCharts() {
    noClasses().that().resideOutsideOfPackages("secateur.lab..", "secateur.kernel..", "secateur.cli..")
        .should().dependOnClassesThat().resideInAnyPackage("tech.tablesaw..", "org.knowm..").check(classes);
  }

  @Test
  void theLabKnowsNoConcreteMethod() {
    noClasses().that().resideInAPackage("secateur.lab..").should().dependOnClassesThat()
        .resideInAnyPackage("secateur.prune..", "secateur.quantize..", "secateur.distill..").check(classes);
  }

  @Test
  void methodsAreRecords() {
    classes().that().implement("secateur.method.Method").and().areNotInterfaces().and().doNotHaveModifier(
        com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC).should().beRecords().check(classes);
  }

  @Test
  void onlyItsAdapterKnowsIJava() {
    noClasses().that().resideOutsideOfPackage("secateur.kernel.ijava").should().dependOnClassesThat()
        .resideInAnyPackage("io.github.spencerpark..", "secateur.kernel.ijava").check(classes);
  }

  @Test
  void theEngineIsTouchedInOnePlace() {
    noClasses().that().resideOutsideOfPackage("secateur.tensor..").should().dependOnClassesThat()
        .resideInAnyPackage("ai.djl.pytorch..").check(classes);
  }
}
