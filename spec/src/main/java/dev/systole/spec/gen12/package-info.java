/**
 * Constants that the build makes from the data files of Gen12, one class per file. A name of the
 * data becomes upper case with every run of other characters than letters and digits as one
 * underscore, and with an underscore before a leading digit.
 *
 * <ul>
 *   <li>A command {@code C} gives {@code C}, its header without length and operands, and, when the
 *       length is not left open, {@code C_LENGTH_DWORDS}.
 *   <li>A register {@code R} gives {@code R}, its offset in bytes: from the engine's base in {@code
 *       RingRegisters}, in BAR 0 in {@code GtRegisters} and {@code DisplayRegisters}; a repeated
 *       one also {@code R_COUNT} and {@code R_STRIDE_BYTES}, one in rows {@code R_ROWS} and {@code
 *       R_ROW_STRIDE_BYTES}.
 *   <li>A field {@code F} of {@code C} gives {@code C_F_DWORD} when it is not in the first dword
 *       and, when it does not fill whole dwords, its place there: {@code C_F}, the mask, for a
 *       single bit, else {@code C_F_SHIFT} and {@code C_F_MASK}, which is not shifted down.
 *   <li>A value {@code V} of that field gives {@code C_F_V}, in its place.
 *   <li>A value {@code V} of an enumeration {@code E} gives {@code E_V}.
 *   <li>Fields of a repeated group stand for its first element.
 * </ul>
 */
package dev.systole.spec.gen12;
