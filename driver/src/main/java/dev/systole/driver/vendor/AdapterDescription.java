package dev.systole.driver.vendor;

/**
 * What the miniport tells the user-mode driver of the adapter (UMDRIVERPRIVATE).
 *
 * @param renderNode the node of rcs0
 * @param copyNode the node of bcs0
 */
public record AdapterDescription(int renderNode, int copyNode) {}
