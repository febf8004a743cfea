package dev.systole.shell.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom: between modules, and between the rooms of the two big ones. */
class ArchitectureTest {
  private static JavaClasses all;

  @BeforeAll
  static void readTheCompiledModules() {
    List<Path> compiled =
        modules().map(module -> House.folder(module).resolve("target/classes")).toList();
    all = new ClassFileImporter().importPaths(compiled);
  }

  static Stream<String> modules() {
    return House.USES.keySet().stream().sorted();
  }

  static Stream<String> bigModules() {
    return House.ROOMS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleUsesOnlyTheModulesOfItsRowAndTheirs(String module) {
    Set<String> used = new TreeSet<>();
    collectUsed(module, used);
    check("dev.systole", module, used);
  }

  @ParameterizedTest
  @MethodSource("bigModules")
  void aRoomUsesOnlyTheRoomsOfItsRow(String module) {
    String home = "dev.systole." + module;
    Map<String, List<String>> rows = House.ROOMS.get(module);
    assertEquals(
        Set.of(), roomsWithout(rows.keySet(), home), "rooms of " + home + " without a row");
    rows.forEach((room, used) -> check(home, room, withItself(room, used)));
  }

  @Test
  void theCoreAloneHoldsThePciFunction() {
    noClasses()
        .that(resideInAnyPackage("dev.systole.driver.."))
        .and(not(resideInAnyPackage("dev.systole.driver.core..", "dev.systole.driver.cpu..")))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.systole.gpu.pci.PciFunction")
        .allowEmptyShould(true)
        .check(all);
  }

  @Test
  void theWindowsKernelSideSeesOfTheCoreOnlyTheMemoryThatTheyShare() {
    noClasses()
        .that()
        .resideInAPackage("dev.systole.driver.dxgk..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.systole.driver.core..")
                .and(not(simpleName("SystemMemory").or(simpleName("MemoryAccess")))))
        .allowEmptyShould(true)
        .check(all);
  }

  /** Classes in {@code home.part} use, of everything below {@code home}, only the parts named. */
  private static void check(String home, String part, Collection<String> used) {
    String[] allowed = used.stream().map(name -> home + "." + name + "..").toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(home + "." + part + "..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAnyPackage(home + "..")).or(resideInAnyPackage(allowed)))
        .allowEmptyShould(true)
        .check(all);
  }

  private static Set<String> roomsWithout(Set<String> known, String home) {
    return all.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(home + "."))
        .map(name -> name.substring(home.length() + 1).split("\\.")[0])
        .filter(room -> !known.contains(room))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> withItself(String room, List<String> used) {
    Set<String> result = new TreeSet<>(used);
    result.add(room);
    return result;
  }

  private static void collectUsed(String module, Set<String> used) {
    used.add(module);
    for (String direct : House.USES.get(module)) collectUsed(direct, used);
  }
}
