/** Until when releases of middleware are maintained, and which of their versions are known to be vulnerable. */

/** `release` is a prefix of whole version parts: `7.2` is of 7.2.4, not of 7.20. */
export interface Release {
  readonly release: string;
  /** Last day of public maintenance, `YYYY-MM-DD`. */
  readonly end: string;
  /** Where the day stands, or of what it was worked out. */
  readonly source: string;
  /** Day on which it was held against its source, `YYYY-MM-DD`. */
  readonly checked: string;
}
/** Versions from `from` (inclusive; left out: any) to `fixed` (exclusive). */
export interface Advisory {
  readonly id: string;
  readonly from?: string;
  readonly fixed: string;
  /** CVSS v3 base score of the authority that assigned the number (CVE record, its CISA supplement), else NVD's. */
  readonly score: number;
  readonly source: string;
  /** Day on which it was held against its source, `YYYY-MM-DD`. */
  readonly checked: string;
  /** Versions are the source's, but no source was found for the score: a finding says so, and is a warning at the most. */
  readonly unverified?: true;
}
export interface ProductLifecycle {
  /** When the tables were last held against their sources. */
  readonly asOf: string;
  readonly sources: readonly string[];
  readonly releases: readonly Release[];
  readonly advisories: readonly Advisory[];
  /** Whether this version is another product that only calls itself so (an emulated version number). */
  readonly isForeign?: (version: string) => boolean;
}

export function releaseOf({ releases }: ProductLifecycle, version: string): Release | undefined {
  const parts = partsOf(version);
  return releases.find(({ release }) => partsOf(release).every((part, index) => part === parts[index]));
}
export function advisoriesFor({ advisories }: ProductLifecycle, version: string): readonly Advisory[] {
  return advisories.filter(({ from, fixed }) => (from === undefined || compareVersions(version, from) >= 0) && compareVersions(version, fixed) < 0 && !isWithin(fixed, version));
}
/** Advisories that were fixed within the release that is all that is known of the version: `3.9` says nothing of 3.9.1. */
export function undecidedFor({ advisories }: ProductLifecycle, version: string): readonly Advisory[] {
  return advisories.filter(({ fixed }) => isWithin(fixed, version));
}
function isWithin(fixed: string, version: string): boolean {
  const parts = partsOf(version);
  const longer = partsOf(fixed);
  return longer.length > parts.length && parts.length < 3 && parts.every((part, index) => part === longer[index]);
}

/** By numbers, part by part; what follows the numbers (`-alpine`, `_M1`) is left aside. */
export function compareVersions(one: string, other: string): number {
  const left = partsOf(one);
  const right = partsOf(other);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
function partsOf(version: string): number[] {
  // A release that is called by its moment (MinIO): 2025-09-07t16-13-09z.
  const moment = /^(\d{4})-(\d{2})-(\d{2})t(\d{2})[:-](\d{2})[:-](\d{2})z/.exec(version);
  if (moment) return moment.slice(1).map(Number);
  return (/^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '').split('.').filter(Boolean).map(Number);
}
