/** A package as the machine's own database tells it. */
export interface InstalledPackage {
  readonly name: string;
  /** `epoch:version-release`, the epoch left out when it is 0; Debian's versions as they are. */
  readonly version: string;
}
/** What a database gives: entries one by one, `undefined` for one that could not be read. */
export type PackageEntries = AsyncIterable<InstalledPackage | undefined>;
