/**
 * Which customers' data a reader may see. Every list and lookup of a store that belongs to customers takes one, so that
 * tenant isolation is one rule: `applyVisibility` in the store, `visibilityOf` for a principal, and nothing else.
 */
export type Visibility = 'all' | readonly string[];

export function sees(visibility: Visibility, customerId: string | null): boolean {
  return visibility === 'all' || (customerId !== null && visibility.includes(customerId));
}
