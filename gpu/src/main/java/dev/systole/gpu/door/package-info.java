/**
 * The doors that lead outside: {@link dev.systole.gpu.door.WorldDoor} for what nobody inside the
 * machine decides, {@link dev.systole.gpu.door.HealthDoor} for what the machine tells about itself.
 * Both are one-way; nobody inside depends on an answer.
 */
package dev.systole.gpu.door;
