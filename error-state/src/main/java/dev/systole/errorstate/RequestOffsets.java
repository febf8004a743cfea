package dev.systole.errorstate;

/**
 * Where the hung request lies in its ring: the numbers in brackets behind HEAD and TAIL.
 *
 * @param head offset of its first byte
 * @param postfix offset of its final breadcrumb, behind the batch start
 * @param tail offset of the first byte behind it; 8 more than the TAIL that was written when it was
 *     submitted once (the kernel's wa_tail)
 */
public record RequestOffsets(int head, int postfix, int tail) {}
