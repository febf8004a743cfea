package dev.systole.errorstate.text;

import dev.systole.errorstate.Capture;
import dev.systole.errorstate.Registers;
import java.util.Locale;

/**
 * What follows the engines: microcontrollers, GT info, capabilities, module parameters and display
 * (i915: i915_gpu_error.c: err_print_uc, err_print_gt_info, err_print_capabilities,
 * err_print_params; intel_display_snapshot.c; i915-kernel.md 1.7 to 1.9). All of it is constant for
 * a Tiger Lake GT2 that is driven by execlists, loads no GuC or HuC firmware and has the module's
 * default parameters, but for two registers.
 */
final class TigerLakeTail {
  private static final String MICROCONTROLLERS =
      """
      GuC firmware: (null)
      \tstatus: DISABLED
      \tversion: found 0.0.0
      \tuCode: 0 bytes
      \tRSA: 0 bytes
      HuC firmware: (null)
      \tstatus: DISABLED
      \tversion: found 0.0.0
      \tuCode: 0 bytes
      \tRSA: 0 bytes
      GuC timestamp: 0x%08x
      GuC CTB fence: 0
      """;

  private static final String GT_INFO =
      """
      available engines: 41403
      slice total: 1, mask=0001
      subslice total: 6
      slice0: 6 subslices, mask=0000003f
      EU total: 96
      EU per subslice: 16
      has slice power gating: yes
      has subslice power gating: no
      has EU power gating: no
      slice0: 6 subslice(s) (0x0000003f):
      \tsubslice0: 16 EUs (0xffff)
      \tsubslice1: 16 EUs (0xffff)
      \tsubslice2: 16 EUs (0xffff)
      \tsubslice3: 16 EUs (0xffff)
      \tsubslice4: 16 EUs (0xffff)
      \tsubslice5: 16 EUs (0xffff)
      """;

  private static final String CAPABILITIES =
      """
      graphics version: 12
      media version: 12
      graphics stepping: B0
      media stepping: B0
      gt: 0
      memory-regions: 0x5
      page-sizes: 0x211000
      platform: %s
      ppgtt-size: 47
      ppgtt-type: 2
      dma_mask_size: 39
      is_mobile: no
      require_force_probe: no
      is_dgfx: no
      has_64bit_reloc: yes
      has_64k_pages: no
      gpu_reset_clobbers_display: no
      has_reset_engine: yes
      has_3d_pipeline: yes
      has_flat_ccs: no
      has_global_mocs: yes
      has_gmd_id: no
      has_gt_uc: yes
      has_heci_pxp: no
      has_heci_gscfi: no
      has_guc_deprivilege: no
      has_guc_tlb_invalidation: no
      has_l3_ccs_read: no
      has_l3_dpf: no
      has_llc: yes
      has_logical_ring_contexts: yes
      has_logical_ring_elsq: yes
      has_media_ratio_mode: no
      has_mslice_steering: no
      has_oa_bpc_reporting: no
      has_oa_slice_contrib_limits: no
      has_oam: no
      has_one_eu_per_fuse_bit: no
      has_pxp: yes
      has_rc6: yes
      has_rc6p: no
      has_rps: yes
      has_runtime_pm: yes
      has_snoop: no
      has_coherent_ggtt: no
      tuning_thread_rr_after_dep: no
      unfenced_needs_alignment: no
      hws_needs_physical: no
      has_pooled_eu: no
      Has logical contexts? yes
      scheduler: 0x1f
      """;

  /** {@code enable_guc} is printed as the driver resolved it: no GuC on Tiger Lake. */
  private static final String PARAMETERS =
      """
      i915.modeset=-1
      i915.enable_guc=0
      i915.enable_rc6=yes
      i915.guc_log_level=-1
      i915.guc_firmware_path=(null)
      i915.huc_firmware_path=(null)
      i915.gsc_firmware_path=(null)
      i915.memtest=no
      i915.mmio_debug=0
      i915.reset=3
      i915.force_probe=*
      i915.request_timeout_ms=20000
      i915.lmem_size=0
      i915.lmem_bar_size=0
      i915.enable_hangcheck=yes
      i915.error_capture=yes
      i915.enable_gvt=no
      i915.enable_debug_only_api=no
      """;

  private static final String DISPLAY =
      """
      display version: 12
      display stepping: C0
      cursor_needs_physical: no
      has_cdclk_crawl: no
      has_cdclk_squash: no
      has_ddi: yes
      has_dp_mst: yes
      has_dsb: yes
      has_fpga_dbg: yes
      has_gmch: no
      has_hotplug: yes
      has_hti: no
      has_ipc: yes
      has_overlay: no
      has_psr: yes
      has_psr_hw_tracking: yes
      overlay_needs_physical: no
      supports_tv: no
      has_hdcp: yes
      has_dmc: yes
      has_dsc: yes
      rawclk rate: 19200 kHz
      i915.dmc_firmware_path=(null)
      i915.vbt_firmware=(null)
      i915.lvds_channel_mode=0
      i915.panel_use_ssc=-1
      i915.vbt_sdvo_panel_type=-1
      i915.enable_dc=-1
      i915.enable_dpt=yes
      i915.enable_dsb=yes
      i915.enable_flipq=no
      i915.enable_sagv=yes
      i915.disable_power_well=-1
      i915.enable_ips=yes
      i915.invert_brightness=0
      i915.edp_vswing=0
      i915.enable_dpcd_backlight=-1
      i915.load_detect_test=no
      i915.force_reset_modeset_test=no
      i915.disable_display=no
      i915.verbose_state_checks=yes
      i915.nuclear_pageflip=no
      i915.enable_dp_mst=yes
      i915.enable_fbc=-1
      i915.enable_psr=-1
      i915.enable_panel_replay=-1
      i915.psr_safest_params=no
      i915.enable_psr2_sel_fetch=yes
      i915.enable_dmc_wl=-1
      DERRMR: 0x%08x
      DMC initialized: yes
      DMC loaded: yes
      DMC fw version: 2.12
      """;

  private TigerLakeTail() {}

  static String print(Capture capture) {
    Registers registers = capture.registers();
    return String.format(
        Locale.ROOT,
        MICROCONTROLLERS + GT_INFO + CAPABILITIES + PARAMETERS + DISPLAY,
        registers.dword("GuC timestamp"),
        capture.device().platform(),
        registers.dword("DERRMR"));
  }
}
