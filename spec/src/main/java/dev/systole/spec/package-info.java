/**
 * The facts, once: what commands, structures and registers a generation of GPUs has, and which
 * engines. The facts are data in Mesa's genxml schema, beside the classes ({@code gen12.xml} and
 * what it imports); a {@link dev.systole.spec.Spec} is what the data says, found by name, by the
 * first dword of a command or by the offset of a register:
 *
 * <pre>{@code
 * Spec spec = Spec.gen12();
 * CommandSpec command = spec.command(0x7a000004, EngineClass.RENDER).orElseThrow();
 * command.name();                                   // PIPE_CONTROL
 * spec.lengthDwords(0x7a000004, EngineClass.RENDER); // 6
 * for (FieldSpec field : spec.fields(command.members(), 6)) {
 *   field.value(dwords, 0);
 * }
 * spec.register(0x2030).orElseThrow().name();       // RING_TAIL, of rcs0
 * }</pre>
 *
 * <p>Code that must know a name when it is compiled uses the constants of {@link
 * dev.systole.spec.gen12}, which the build makes from the same data. The build also packs the
 * loaded data ({@code gen12.spec}), because reading XML would be most of a command's start; {@link
 * dev.systole.spec.SpecLoader} reads the XML itself.
 */
package dev.systole.spec;
