/**
 * AUB files: what a driver wrote to memory and registers, recorded by Mesa's intel_dump_gpu or for
 * a simulator (mesa-igt-tools.md part 4).
 *
 * <p>A file is a sequence of packets of little-endian dwords. The first dword of each has 7 in bits
 * 31:29, the family in 28:23 (1 classic, 0x2e memtrace), the kind in 22:16 and a length in 15:0;
 * the packet has one dword more than its length says (memtrace) or two (classic), a classic trace
 * block then its data. {@link dev.systole.bridge.aub.AubReader} makes {@link
 * dev.systole.bridge.aub.AubPacket}s of them; {@link dev.systole.bridge.aub.AubRecording} carries
 * out the memory writes and finds what the register writes submit. Whatever a file holds, both end
 * with what could be read and a list of {@link dev.systole.bridge.aub.AubDamage}s. An {@link
 * dev.systole.bridge.aub.AubMachine} executes a recording on a simulated GPU instead.
 */
package dev.systole.bridge.aub;
