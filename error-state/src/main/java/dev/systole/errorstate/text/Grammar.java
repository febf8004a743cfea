package dev.systole.errorstate.text;

import java.util.regex.Pattern;

/**
 * The lines of an error state as patterns (the grammar stands in the package description), without
 * indentation, which forums lose. Each is linear in the length of its line.
 */
final class Grammar {
  /** Groups: version, engine mask, signature, process, pid, rest. */
  static final Pattern HANG =
      Pattern.compile(
          "GPU HANG: ecode (\\d{1,3}):([0-9a-f]{1,8}):(?:0x)?([0-9a-f]{8})"
              + "(?:, in (.*) \\[(\\d{1,9})\\])?(?:, (.*))?");

  /** Groups: "global …" where the GuC's capture stands in place of the registers, engine. */
  static final Pattern ENGINE =
      Pattern.compile("(global --- GuC Error Capture on )?(\\w+) command stream:");

  /** The only line of the GuC's capture that is not indented. */
  static final Pattern GUC_COVERAGE = Pattern.compile("Coverage: .*");

  /** Groups: owner, name, upper word or whole address, lower word. */
  static final Pattern OBJECT =
      Pattern.compile(
          "(\\S+)(?: ring)?(?: \\(submitted by .{0,64}\\))? --- (.+) = 0x([0-9a-f]{8})"
              + "(?: ([0-9a-f]{8}))?");

  /** Group: mask. */
  static final Pattern PAGE_SIZES = Pattern.compile("gtt_page_sizes = 0x([0-9a-f]{8})");

  /** A dword of a payload up to Linux 4.9; groups: offset, value. */
  static final Pattern DWORD = Pattern.compile("([0-9a-f]{8}) :  ([0-9a-f]{8})");

  /** Groups: name, first word, second word, what stands in brackets. */
  static final Pattern REGISTER =
      Pattern.compile(
          "([A-Za-z][^:]*): +0x([0-9a-f]{8}|[0-9a-f]{16})(?:[ _](?:0x)?([0-9a-f]{8}))?"
              + "(?: \\[0x([0-9a-f]{8}(?:, 0x[0-9a-f]{8})*)\\])?");

  /** The beginning of a register line, whether its value can be read or not. */
  static final Pattern REGISTER_HEAD = Pattern.compile("([A-Z][A-Z0-9_ ]*(?:\\[\\d+\\])*): +0x.*");

  /** Groups: name, value. */
  static final Pattern FENCE = Pattern.compile("(fence\\[\\d+\\]) = ([0-9a-f]{7,16})");

  /** Groups: name, value. */
  static final Pattern PARAMETER = Pattern.compile("i915\\.(\\w+)=(.*)");

  /** Groups: key, value. */
  static final Pattern PROPERTY = Pattern.compile("([A-Za-z][^:?]*\\??)[:?] ?(.*)");

  /** Groups: start, start, end, end, upper and lower words. */
  static final Pattern BATCH =
      Pattern.compile("batch: \\[0x([0-9a-f]{8})_([0-9a-f]{8}), 0x([0-9a-f]{8})_([0-9a-f]{8})\\]");

  /** Nine digits, or the ends of int: a barrier has 2147483646 (i915-kernel.md 2.1). */
  private static final String PRIORITY = "-?\\d{1,9}|-?214748364[0-7]";

  /** Groups: port, pid, fence context, seqno, "!", "+", priority, head, tail. */
  static final Pattern ELSP =
      Pattern.compile(
          "ELSP\\[(\\d{1,2})\\]: +pid (\\d{1,9}), seqno +([0-9a-f]{1,8}):([0-9a-f]{8})(!?)(\\+?), "
              + "prio ("
              + PRIORITY
              + "),(?: emitted -?\\d+ms,)?(?: start [0-9a-f]{8},)? "
              + "head ([0-9a-f]{8}), tail ([0-9a-f]{8})");

  /** Ports whose requests have seqno 0, where the kernel forgets the end of the line. */
  static final Pattern ELSP_WITHOUT_END = Pattern.compile("^(?:ELSP\\[\\d{1,2}\\]: ++(?!pid ))++");

  static final Pattern HUNG = Pattern.compile("hung: ([01])");

  static final Pattern RESET_COUNT = Pattern.compile("engine reset count: (\\d{1,9})");

  /** Groups: process, pid, priority, guilty, active, runtime total, average. */
  static final Pattern CONTEXT =
      Pattern.compile(
          "Active context: (.*)\\[(\\d{1,9})\\](?: hw_id \\d+,)? prio ("
              + PRIORITY
              + "), "
              + "guilty (\\d{1,9}) active (\\d{1,9})"
              + "(?:, runtime total (\\d{1,18})ns, avg (\\d{1,18})ns)?.*");

  static final Pattern TIMELINE = Pattern.compile("context timeline seqno (\\d{1,10})");

  /** What follows the last engine block, to find its end where the indentation is lost. */
  static final Pattern BEHIND_ENGINES =
      Pattern.compile(
          "(?:GuC|HuC) (?:firmware|timestamp|CTB).*|available engines:.*|slice total:.*|"
              + "graphics version:.*|gen:.*|i915\\..*|display version:.*|DERRMR:.*|DMC .*|"
              + "vm\\[.*|Active(?! context).*|Pinned .*|Num Pipes.*");

  /** Keys of lines that belong to the one above them, wherever the indentation is lost. */
  static final Pattern SUBORDINATE = Pattern.compile("status|version|uCode|RSA|subslice\\d+");

  private Grammar() {}
}
