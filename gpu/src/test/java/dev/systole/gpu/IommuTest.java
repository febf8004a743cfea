package dev.systole.gpu;

import static dev.systole.spec.gen12.DmaRemapping.*;
import static dev.systole.spec.gen12.GtRegisters.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.DmaFault;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DMA through the remapping unit, whose registers and tables are those of VT-d. */
class IommuTest {
  private static final int SOURCE_ID = 0x0010;
  private static final int STORE = 0x10000002;
  private static final int COPY = 0x17000003;

  private final GpuFixture fixture = new GpuFixture();
  private final Domain domain = new Domain(fixture, SOURCE_ID);
  private final List<Long> faultEvents = new ArrayList<>();
  private final TestContext context = fixture.context(Engine.RCS0);
  private final Buffer buffer = context.tables().buffer(1);
  private final Buffer result = context.tables().buffer(1);

  @BeforeEach
  void connect() {
    fixture.gpu.connectIommu(faultEvents::add);
    domain.write(DMAR_FECTL_REG, 0);
  }

  /** Puts the buffer's page outside of the domain. */
  private void unmapBuffer() {
    domain.map(buffer.bus(), 0, 0);
    domain.attach();
  }

  private void run(int... commands) {
    fixture.submit(context.emitBatch(context.batch(commands)));
    fixture.runMillis(1);
  }

  private void write(int value) {
    run(STORE, buffer.low(), buffer.high(), value);
  }

  /** What the engine reads from the buffer. */
  private int read() {
    run(COPY, result.low(), result.high(), buffer.low(), buffer.high());
    return fixture.load(result.bus());
  }

  private Optional<DmaFault> fault() {
    return DmaFault.read(fixture.gpu);
  }

  private void clearFault() {
    domain.write(DMAR_FRCD_REG + 12, DMAR_FRCD_REG_FAULT);
  }

  @Test
  void withoutADomainEverythingPasses() {
    domain.map(buffer.bus(), 0, 0);
    write(1);
    assertEquals(1, fixture.load(buffer.bus()));
    assertEquals(0, domain.read(DMAR_GSTS_REG));
  }

  @Test
  void pageLiesWhereTheDomainSays() {
    long elsewhere = fixture.allocate(1);
    domain.map(buffer.bus(), elsewhere, Domain.READ_WRITE);
    domain.attach();
    assertEquals(
        DMAR_GSTS_REG_TRANSLATION_ENABLED | DMAR_GSTS_REG_ROOT_TABLE_POINTER,
        domain.read(DMAR_GSTS_REG));
    write(2);
    assertEquals(0, fixture.load(buffer.bus()));
    assertEquals(2, fixture.load(elsewhere));
    assertEquals(2, read());
    assertEquals(Optional.empty(), fault());
  }

  @Test
  void writeOutsideChangesNothingAndIsReported() {
    fixture.store(buffer.bus(), 3);
    fixture.store(0, 4);
    unmapBuffer();
    write(5);
    assertEquals(3, fixture.load(buffer.bus()));
    assertEquals(4, fixture.load(0));
    assertEquals(
        Optional.of(
            new DmaFault(DMAR_FRCD_REG_REASON_WRITE_NOT_PERMITTED, SOURCE_ID, buffer.bus(), false)),
        fault());
    assertEquals(DMAR_FSTS_REG_PENDING, domain.read(DMAR_FSTS_REG));
    assertEquals(1, faultEvents.size());
    assertEquals(context.tail(), fixture.read(Engine.RCS0, 0x34), "the engine does not notice");
  }

  @Test
  void readOutsideGivesOnesAndIsReported() {
    fixture.store(buffer.bus(), 3);
    unmapBuffer();
    assertEquals(-1, read());
    assertEquals(
        Optional.of(
            new DmaFault(DMAR_FRCD_REG_REASON_READ_NOT_PERMITTED, SOURCE_ID, buffer.bus(), true)),
        fault());
  }

  @Test
  void pageThatMayBeReadOnlyIsNotWritten() {
    fixture.store(buffer.bus(), 3);
    domain.map(buffer.bus(), buffer.bus(), Domain.READ);
    domain.attach();
    assertEquals(3, read());
    write(4);
    assertEquals(3, fixture.load(buffer.bus()));
    assertEquals(DMAR_FRCD_REG_REASON_WRITE_NOT_PERMITTED, fault().orElseThrow().reason());
  }

  @Test
  void pageTablesOfTheDeviceAreReadThroughTheDomainToo() {
    long table = context.tables().entryAddress(buffer.address()) & -4096L;
    domain.map(table, 0, 0);
    domain.attach();
    write(1);
    assertEquals(0, fixture.load(buffer.bus()));
    assertEquals(table, fault().orElseThrow().address());
    assertEquals(FAULT_REG_VALID, fixture.read(FAULT_REG) & FAULT_REG_VALID);
  }

  @Test
  void faultsBehindTheFirstAreNotedAsOverflow() {
    unmapBuffer();
    read();
    write(1);
    assertEquals(true, fault().orElseThrow().read(), "the first stays");
    assertEquals(DMAR_FSTS_REG_PENDING | DMAR_FSTS_REG_OVERFLOW, domain.read(DMAR_FSTS_REG));
    assertEquals(1, faultEvents.size(), "one event until software has served it");
    clearFault();
    domain.write(DMAR_FSTS_REG, DMAR_FSTS_REG_OVERFLOW);
    assertEquals(0, domain.read(DMAR_FSTS_REG));
    write(2);
    assertEquals(false, fault().orElseThrow().read());
    assertEquals(2, faultEvents.size());
  }

  @Test
  void maskedEventWaitsUntilItIsUnmaskedOrServed() {
    domain.write(DMAR_FECTL_REG, DMAR_FECTL_REG_INTERRUPT_MASK);
    unmapBuffer();
    read();
    assertEquals(List.of(), faultEvents);
    assertEquals(
        DMAR_FECTL_REG_INTERRUPT_MASK | DMAR_FECTL_REG_INTERRUPT_PENDING,
        domain.read(DMAR_FECTL_REG));
    clearFault();
    assertEquals(DMAR_FECTL_REG_INTERRUPT_MASK, domain.read(DMAR_FECTL_REG));
    read();
    domain.write(DMAR_FECTL_REG, 0);
    assertEquals(1, faultEvents.size());
    assertEquals(0, domain.read(DMAR_FECTL_REG));
  }

  @ParameterizedTest
  @CsvSource({
    "0x10000000, 0, true",
    "0x20000000, 7, true",
    "0x20000000, 8, false",
    "0x30000000, 7, true"
  })
  void translationIsStaleUntilItIsInvalidated(int granularity, int id, boolean forgets) {
    domain.attach();
    fixture.store(buffer.bus(), 1);
    assertEquals(1, read());
    long elsewhere = fixture.allocate(1);
    fixture.store(elsewhere, 2);
    domain.map(buffer.bus(), elsewhere, Domain.READ_WRITE);
    assertEquals(1, read(), "still the old page");
    domain.write(DMAR_IVA_REG, (int) buffer.bus());
    domain.invalidateIotlb(granularity, id);
    assertEquals(0, domain.read(DMAR_IOTLB_REG + 4) & DMAR_IOTLB_REG_INVALIDATE, "done");
    assertEquals(forgets ? 2 : 1, read());
  }

  @Test
  void contextEntryIsKeptUntilItIsInvalidated() {
    domain.attach();
    assertEquals(0, read());
    fixture.gpu.writeMemory64(domain.contextEntry(SOURCE_ID), 0);
    domain.invalidateIotlb(DMAR_IOTLB_REG_GRANULARITY_GLOBAL, 0);
    read();
    assertEquals(Optional.empty(), fault());
    domain.write(DMAR_CCMD_REG, SOURCE_ID << 16);
    domain.write(DMAR_CCMD_REG + 4, DMAR_CCMD_REG_INVALIDATE | DMAR_CCMD_REG_GRANULARITY_DEVICE);
    read();
    assertEquals(DMAR_FRCD_REG_REASON_CONTEXT_ENTRY_NOT_PRESENT, fault().orElseThrow().reason());
  }

  /** What is wrong on the way to the page: an entry's low half becomes another value. */
  @ParameterizedTest
  @CsvSource({
    "ROOT, 0, 1",
    "ROOT, 0x200000000001, 9",
    "CONTEXT, 0, 2",
    "CONTEXT, 0x5, 3",
    "CONTEXT, 0x200000000001, 7",
    "PML4, 0x83, 12",
    "PML4, 0x200000000003, 7",
    "POINTERS, 0, 5",
    "POINTERS, 1, 5"
  })
  void wrongTablesHaveReasonsOfTheirOwn(String level, long entry, int reason) {
    long at =
        switch (level) {
          case "ROOT" -> domain.rootEntry(SOURCE_ID);
          case "CONTEXT" -> domain.contextEntry(SOURCE_ID);
          case "PML4" -> domain.entry(0, 3);
          default -> domain.entry(0, 2);
        };
    fixture.gpu.writeMemory64(at, entry);
    domain.attach();
    read();
    assertEquals(reason, fault().orElseThrow().reason());
  }

  @Test
  void functionMayBeLetThrough() {
    domain.map(buffer.bus(), 0, 0);
    long entry = fixture.gpu.readMemory64(domain.contextEntry(SOURCE_ID));
    fixture.gpu.writeMemory64(
        domain.contextEntry(SOURCE_ID), entry | DMAR_CONTEXT_ENTRY_TRANSLATION_TYPE_PASS_THROUGH);
    domain.attach();
    write(9);
    assertEquals(9, fixture.load(buffer.bus()));
  }

  @Test
  void faultProcessingMayBeSwitchedOff() {
    long entry = fixture.gpu.readMemory64(domain.contextEntry(SOURCE_ID));
    fixture.gpu.writeMemory64(
        domain.contextEntry(SOURCE_ID), entry | DMAR_CONTEXT_ENTRY_FAULT_PROCESSING_DISABLE);
    unmapBuffer();
    assertEquals(-1, read());
    assertEquals(Optional.empty(), fault());
  }

  @Test
  void tableThatPointsToItselfIsWalked() {
    long table = domain.entry(0, 3);
    fixture.gpu.writeMemory64(table, table | Domain.READ_WRITE);
    domain.attach();
    read();
    assertEquals(0, fixture.read(Engine.RCS0, 0x78) & 3, "somewhere");
  }

  @Test
  void localMemoryOfACardIsNotBehindTheUnit() {
    var card = new GpuFixture(Platform.DG2, FaultPlan.none());
    var cardDomain = new Domain(card, 0x0300);
    var cardContext = card.context(Engine.RCS0);
    var inSystem = cardContext.tables().buffer(1);
    long local = 0x50_0000_0000L;
    card.gpu.writeMemory64(cardContext.tables().entryAddress(local), 0x800_0803);
    cardDomain.map(inSystem.bus(), 0, 0);
    cardDomain.map(0x800_0000, 0, 0);
    cardDomain.attach();
    card.submit(
        cardContext.emitBatch(
            cardContext.batch(
                STORE,
                (int) local,
                (int) (local >>> 32),
                1,
                STORE,
                inSystem.low(),
                inSystem.high(),
                2)));
    card.runMillis(1);
    assertEquals(1, card.load(GpuFixture.LOCAL_BASE + 0x800_0000));
    assertEquals(0, card.load(inSystem.bus()));
    assertEquals(0x0300, DmaFault.read(card.gpu).orElseThrow().sourceId());
  }

  @Test
  void unitTellsWhatItCan() {
    assertEquals(0x40, domain.read(DMAR_VER_REG));
    assertEquals(0x402f0402, domain.read(DMAR_CAP_REG));
    assertEquals(0x12_008c, domain.read(DMAR_CAP_REG + 4));
    assertEquals(0x5041, domain.read(DMAR_ECAP_REG));
    assertEquals(-1, domain.read(4096));
    assertEquals(-1, domain.read(-4));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void savedInTheMiddleOfADomainTheEndIsTheSame(long seed) {
    var random = new Random(seed);
    domain.attach();
    for (int i = 0; i < 4; i++) {
      context.emitBatch(context.batch(new RandomCommands(random, context).dwords(300)));
    }
    for (int i = 0; i < 20; i++) {
      domain.map(0x10_0000 + 4096L * random.nextInt(256), 4096L * random.nextInt(512), 1);
    }
    fixture.submit(context);
    fixture.runFor(random.nextInt(50_000));
    byte[] saved = fixture.gpu.save();
    var clock = new VirtualClock();
    clock.advanceTo(fixture.clock.nowNanos());
    var copy = new Gpu(Platform.TGL, clock, FaultPlan.none(), (_, _) -> {});
    copy.restore(fixture.gpu.checkpoint());
    assertArrayEquals(saved, copy.save(), "seed " + seed);
    fixture.gpu.runUntil(40_000_000);
    copy.runUntil(40_000_000);
    assertArrayEquals(fixture.gpu.save(), copy.save(), "at the end, seed " + seed);
    assertEquals(fixture.gpu.enginesHash(), copy.enginesHash());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void garbageInRegistersAndTablesNeverThrows(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 20; i++) {
        long at = domain.entry(4096L * random.nextInt(1 << 20), random.nextInt(4));
        if (random.nextInt(4) == 0) {
          fixture.gpu.writeMemory64(at, random.nextLong() >>> random.nextInt(64));
        }
      }
      domain.attach();
      for (int i = 0; i < 100; i++) {
        domain.write(random.nextInt(0x600) - 16, random.nextInt());
        domain.read(random.nextInt(0x600) - 16);
      }
      write(1);
    }
    assertNotEquals(0, domain.read(DMAR_VER_REG));
  }
}
