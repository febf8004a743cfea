/**
 * The private contract of the two halves of the graphics driver: what the user-mode driver and the
 * miniport tell each other in private data, which Dxgkrnl passes on unread.
 */
package dev.systole.driver.vendor;
