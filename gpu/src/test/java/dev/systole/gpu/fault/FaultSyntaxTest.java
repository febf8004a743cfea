package dev.systole.gpu.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.systole.spec.Engine;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** DESIGN part 6: {@code KIND[@TARGET][:where][,option…]}. */
class FaultSyntaxTest {
  @ParameterizedTest
  @EnumSource
  void everyExampleIsAFaultOfItsKind(FaultKind kind) {
    assertEquals(kind, Fault.parse(kind.example()).kind());
  }

  @Test
  void placesAreRead() {
    var fault = Fault.parse("stop@bcs0:request=3,command=7,time=1.5ms");
    assertEquals(FaultKind.STOP, fault.kind());
    assertEquals(Optional.of(Engine.BCS0), fault.target());
    assertEquals(OptionalInt.of(3), fault.request());
    assertEquals(OptionalInt.of(7), fault.command());
    assertEquals(OptionalLong.of(1_500_000), fault.timeNanos());
  }

  @Test
  void withoutAPlaceItIsTheFirstBatch() {
    var fault = Fault.parse("loop");
    assertEquals(Optional.empty(), fault.target());
    assertEquals(OptionalInt.of(1), fault.request());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lop | fault 'lop': no kind 'lop'; there are loop, stop",
        "loop@rcs7 | fault 'loop@rcs7': no engine 'rcs7'; there are rcs0, bcs0, vcs0, vcs1, vecs0, ccs0",
        "loop:request=0 | fault 'loop:request=0': request=0: not a number from 1 to 2147483647",
        "loop:request=x | fault 'loop:request=x': request=x: not a number from 1 to 2147483647",
        "loop:where=1 | fault 'loop:where=1': no place 'where=1'; there are request=N, command=N and time=T (T: 20ms)",
        "loop:time=5 | fault 'loop:time=5': time=5: give ns, us, ms or s, as in time=20ms",
        "loop:time=.ms | fault 'loop:time=.ms': time=.ms: no number",
        "loop:time=0.1ns | fault 'loop:time=0.1ns': time=0.1ns: not a whole number of nanoseconds below 292 years",
        "loop:request=1,request=2 | fault 'loop:request=1,request=2': request= stands there twice"
      })
  void mistakesAreToldInOneLine(String text, String message) {
    var problem = assertThrows(FaultSyntaxException.class, () -> Fault.parse(text));
    assertEquals(message, problem.getMessage());
  }
}
