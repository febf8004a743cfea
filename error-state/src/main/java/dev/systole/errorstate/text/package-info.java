/**
 * The i915 error state as text: {@link dev.systole.errorstate.text.ErrorStateReader} opens the file
 * of any kernel, {@link dev.systole.errorstate.text.ErrorStateWriter} prints what a present kernel
 * prints for Tiger Lake.
 *
 * <p>The file is lines of ISO 8859-1 text. Its grammar, in the order of the file; {@code [kernels]}
 * are those that print the line:
 *
 * <pre>
 * file       = [hang] header gt engine* global* uc gtinfo capability* parameter* display
 * hang       = "GPU HANG: ecode " version ":" mask ":" signature [", in " comm " [" pid "]"] LF
 * header     = property*          Kernel, Driver [5.2-6.13], Time, Boottime, Uptime, Capture, …
 * gt         = (property | register | fence)*
 * engine     = name " command stream:" LF ("  " (register | state) LF)* object*
 * register   = key ": " hex [" " hex | "_" hex] [" [" hex ("," hex)* "]"]
 * fence      = "  fence[" n "] = " hex LF
 * state      = batch | ELSP | "hung: " n | "engine reset count: " n | context | seqno
 * object     = owner [" (submitted by " comm " [" pid "])"] " --- " kind " = 0x" hi " " lo LF
 *              ["gtt_page_sizes = " hex LF] payload
 * payload    = (":" | "~") ascii85 LF | (offset " :  " dword LF)*        [dwords: up to 4.9]
 * parameter  = "i915." key "=" value LF
 * property   = key ": " value LF
 * </pre>
 *
 * Source: i915: i915_gpu_error.c; its history over the kernels stands in the reader's tests.
 */
package dev.systole.errorstate.text;
