package dev.systole.errorstate;

import java.util.List;
import java.util.Optional;

/**
 * Everything that the driver of a Tiger Lake GPU knows at the moment of a capture, complete: what
 * {@link dev.systole.errorstate.text.ErrorStateWriter} turns into the kernel's text.
 *
 * @param hang the message; absent for a live snapshot
 * @param host the machine around the GPU
 * @param device which GPU it is
 * @param resetCount GT resets since the driver was loaded
 * @param suspendCount suspends since then
 * @param awake whether the GT was powered
 * @param registers of the GT and the display: EIR, PGTBL_ER, GTIER[0..5], fence[0..31], FORCEWAKE,
 *     FAULT_TLB_DATA (data 1 in the upper half), AUX_ERR_DBG, SFC_DONE[0..1], GAM_DONE, GuC
 *     timestamp, DERRMR
 * @param engines the engines that are printed, in the order of the dump (the highest id first);
 *     each has a context, a reset count, a timeline seqno and the registers CCID, START, HEAD,
 *     TAIL, CTL, MODE, HWS, ACTHD, IPEIR, IPEHR, ESR, INSTDONE, BBADDR, BB_STATE, INSTPS, INSTPM,
 *     FADDR, RC PSMI, FAULT_REG, NOPID, EXCC, CMD_CCTL, CSCMDOP, CTX_SR_CTL, DMA_FADDR_HI,
 *     DMA_FADDR_LO, GFX_MODE, PDP0..3; a render engine also SC_INSTDONE, SAMPLER_INSTDONE[0][0..5],
 *     ROW_INSTDONE[0][0..5], SC_INSTDONE_EXTRA, SC_INSTDONE_EXTRA2
 */
public record Capture(
    Optional<HangMessage> hang,
    Host host,
    Device device,
    int resetCount,
    int suspendCount,
    boolean awake,
    Registers registers,
    List<EngineState> engines) {

  public Capture {
    engines = List.copyOf(engines);
  }

  /**
   * The machine around the GPU.
   *
   * @param kernel release and machine, {@code 6.16.0 x86_64}
   * @param realtimeMicros time of day at the capture
   * @param boottimeMicros time since the machine was booted, suspend included
   * @param uptimeMicros time since the GT was initialised or resumed
   * @param jiffies the kernel's tick counter at the capture
   * @param ageMillis time between the capture and its printing
   */
  public record Host(
      String kernel,
      long realtimeMicros,
      long boottimeMicros,
      long uptimeMicros,
      long jiffies,
      long ageMillis) {}

  /**
   * Identity of the GPU.
   *
   * @param platform the kernel's name in capitals, {@code TIGERLAKE}
   * @param subplatform bit mask, 1 for the UY dies (every GT2 id)
   * @param id PCI device id, {@code 0x9a49}
   * @param revision PCI revision
   * @param subsystemVendor PCI subsystem vendor id
   * @param subsystemDevice PCI subsystem device id
   * @param iommu whether its DMA goes through an IOMMU
   */
  public record Device(
      String platform,
      int subplatform,
      int id,
      int revision,
      int subsystemVendor,
      int subsystemDevice,
      boolean iommu) {}
}
