/**
 * Lifecycles that are younger than the program: those of the rule pack that the site has applied. A process learns them once, before it
 * judges anything; without a pack the tables of this folder stand alone.
 */

export interface LifecycleExtension {
  readonly kubernetes?: readonly { readonly minor: number; readonly released: string; readonly activeUntil: string; readonly end: string }[] | undefined;
  /** By distribution. */
  readonly operatingSystems?: Readonly<Record<string, readonly { readonly release: string; readonly end: string; readonly extended?: string | undefined }[]>> | undefined;
  /** By product. */
  readonly middleware?:
    | Readonly<
        Record<
          string,
          {
            readonly releases?: readonly { readonly release: string; readonly end: string }[] | undefined;
            readonly advisories?: readonly { readonly id: string; readonly from?: string | undefined; readonly fixed: string; readonly score: number }[] | undefined;
          }
        >
      >
    | undefined;
}

let extension: LifecycleExtension = {};

export function learnLifecycles(learned: LifecycleExtension): void {
  extension = learned;
}
export function learnedLifecycles(): LifecycleExtension {
  return extension;
}
/** What was learned stands in place of a row of the same name. */
export function extended<T>(known: readonly T[], learned: readonly T[] | undefined, nameOf: (row: T) => unknown): readonly T[] {
  if (learned === undefined || learned.length === 0) return known;
  const names = new Set(learned.map(nameOf));
  return [...known.filter((row) => !names.has(nameOf(row))), ...learned];
}
