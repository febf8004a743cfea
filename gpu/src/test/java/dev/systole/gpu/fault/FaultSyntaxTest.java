package dev.systole.gpu.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.spec.Engine;
import dev.systole.spec.ForcewakeDomain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
    assertEquals(Optional.of(FaultTarget.of(Engine.BCS0)), fault.target());
    assertEquals(
        Map.of(FaultKey.REQUEST, 3L, FaultKey.COMMAND, 7L, FaultKey.TIME, 1_500_000L),
        fault.values());
  }

  @Test
  void optionsAndTargetsOfAllGroupsAreRead() {
    var late = Fault.parse("late-irq@vcs1:probability=0.5,seed=7,times=all,delay=2us");
    assertEquals(Fault.CERTAIN / 2, late.value(FaultKey.PROBABILITY, 0));
    assertEquals(7, late.value(FaultKey.SEED, 0));
    assertEquals(FaultKey.ALL, late.times());
    assertEquals(2_000, late.value(FaultKey.DELAY, 0));
    var well = Fault.parse("forcewake@vdbox2:nth=2");
    assertEquals(Optional.of(FaultTarget.of(ForcewakeDomain.VDBOX2)), well.target());
    var pipe = Fault.parse("vblank-stuck@pipe-d:time=1s");
    assertEquals(Optional.of(FaultTarget.pipe(3)), pipe.target());
    var named = Fault.parse("ecc:name=3DPRIMITIVE,bit=31,address=0xfffffffff000");
    assertEquals("3DPRIMITIVE", named.command().orElseThrow().name());
    assertEquals(0xfffffffff000L, named.value(FaultKey.ADDRESS, 0));
  }

  @ParameterizedTest
  @CsvSource({"GDRST, 941c", "rcs0.RING_TAIL, 2030", "vecs0.RING_RESET_CTL, 1c80d0", "0xd84, d84"})
  void registersAreNamedOrGivenByOffset(String register, String offset) {
    var fault = Fault.parse("bus-gone:register=" + register);
    assertEquals(Long.parseLong(offset, 16), fault.value(FaultKey.REGISTER, 0));
  }

  @Test
  void eventBecomesATime() {
    var fault = Fault.parse("loop@rcs0:event=1234,request=3");
    assertEquals("loop@rcs0:time=5000ns,request=3", fault.atEvent(5_000).text());
    assertThrows(IllegalArgumentException.class, () -> FaultPlan.of(List.of(fault)));
  }

  @Test
  void targetsAreFoundByTheirPlace() {
    for (FaultTarget target : FaultTarget.all()) {
      assertEquals(target, FaultTarget.all().get(target.index()));
      assertEquals(Optional.of(target), FaultTarget.byWord(target.word()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loop@rcs7 | loop hits an engine, and 'rcs7' is none; there are rcs0, bcs0, vcs0, vcs1, vecs0, ccs0",
        "forcewake@rcs0 | forcewake hits a power well, and 'rcs0' is none; there are render, gt, vdbox0, vdbox2, vebox0",
        "bus-gone@rcs0:time=1s | bus-gone hits the device as a whole, not 'rcs0'",
        "loop:request=0 | request=0: not a number from 1 to 2147483647",
        "loop:request=x | request=x: not a number from 1 to 2147483647",
        "loop:where=1 | loop takes no 'where', but request=N, command=N, name=3DPRIMITIVE, address=0x1000, event=N, time=20ms, nth=N, probability=0.1, seed=N",
        "lost-irq:request=2 | lost-irq takes no 'request', but event=N, time=20ms, nth=N, probability=0.1, seed=N, times=N",
        "loop:time=5 | time=5: give ns, us, ms or s, as in time=20ms",
        "loop:time=.ms | time=.ms: no number",
        "loop:time=0.1ns | time=0.1ns: not a whole number of nanoseconds below 292 years",
        "loop:request=1,request=2 | request= stands there twice",
        "stop:command=3,nth=2 | command= and nth= do not go together: command= is a single one already",
        "stop:command=3,address=0x10 | command= and address= do not go together: command= is a single one already",
        "lost-irq:nth=1,probability=0.5 | nth= and probability= do not go together: nth= leaves nothing to chance",
        "stop:event=4,time=1s | event= and time= do not go together: an event has its time",
        "lost-irq:seed=4 | seed= without probability=",
        "bus-gone | bus-gone has to be told when: time=, event= or register=",
        "bus-gone:time=1s,nth=2 | nth= and probability= choose among accesses: register= is missing",
        "lost-irq:probability=1.5 | probability=1.5: not above 0 and at most 1",
        "stop:name=NOTHING | name=NOTHING: no such command; see systole list commands",
        "bus-gone:register=NOTHING | register=NOTHING: no such register; see systole list registers",
        "bus-gone:register=RING_TAIL | register=RING_TAIL: say whose it is, as in rcs0.RING_TAIL or GDRST",
        "bus-gone:register=0x800000 | register=0x800000: no offset of a register",
        "slow:factor=1 | factor=1: not a number from 2 to 1000000",
        "ecc:bit=32 | bit=32: not a number from 0 to 31",
        "stop:address=here | address=here: no address, as in address=0x1000"
      })
  void whatMakesNoSenseIsRefusedInOneLine(String text, String message) {
    var problem = assertThrows(FaultSyntaxException.class, () -> Fault.parse(text));
    assertEquals("fault '" + text + "': " + message, problem.getMessage());
  }

  @Test
  void unknownKindIsToldWithAllThatThereAre() {
    var problem = assertThrows(FaultSyntaxException.class, () -> Fault.parse("lop"));
    assertTrue(problem.getMessage().startsWith("fault 'lop': no kind 'lop'; there are stop, loop"));
  }

  @Test
  void whateverIsWrittenIsReadOrRefusedInOneLine() {
    for (int seed = 0; seed < 3_000; seed++) {
      var random = new Random(seed);
      var kinds = FaultKind.values();
      var text = new StringBuilder(kinds[random.nextInt(kinds.length)].example());
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, "@:,=0x9.-ns\u00e9 ".charAt(random.nextInt(12)));
      }
      try {
        assertEquals(text.toString(), Fault.parse(text.toString()).text());
      } catch (FaultSyntaxException e) {
        assertTrue(e.getMessage().lines().count() == 1, "seed " + seed + ": " + e.getMessage());
      }
    }
  }
}
