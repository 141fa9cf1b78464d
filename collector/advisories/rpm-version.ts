/** Versions of RPM packages and their order, as `rpmvercmp` of rpm 4.15 and later defines it (rpm/lib/rpmvercmp.c, rpm-version(7)). */

/** Epoch, version and release; a package without an epoch has epoch 0. */
export interface Evr {
  readonly epoch: number;
  readonly version: string;
  readonly release: string;
}

/** `1:5.10.0-200.0.0.113.oe2203sp3`; without a release it is empty. @returns nothing for what is no version */
export function parseEvr(text: string): Evr | undefined {
  const match = /^(?:(\d{1,9}):)?([A-Za-z0-9][\w.+~^]{0,99})(?:-([A-Za-z0-9][\w.+~^]{0,99}))?$/.exec(text);
  if (!match) return undefined;
  return { epoch: Number(match[1] ?? 0), version: match[2] ?? '', release: match[3] ?? '' };
}
export function formatEvr({ epoch, version, release }: Evr): string {
  return `${epoch === 0 ? '' : `${epoch}:`}${version}${release === '' ? '' : `-${release}`}`;
}

/** Below 0, 0, above 0. A missing release on one side compares as equal, as rpm does for requirements. */
export function compareEvr(one: Evr, other: Evr): number {
  if (one.epoch !== other.epoch) return one.epoch < other.epoch ? -1 : 1;
  const byVersion = compareVersions(one.version, other.version);
  if (byVersion !== 0 || one.release === '' || other.release === '') return byVersion;
  return compareVersions(one.release, other.release);
}

/** Runs of digits or letters, and the two marks: `~` is older than the end of the text, `^` newer than it and older than anything else. */
const SEGMENT = /[0-9]+|[A-Za-z]+|~|\^/g;

export function compareVersions(one: string, other: string): number {
  if (one === other) return 0;
  const left = one.match(SEGMENT) ?? [];
  const right = other.match(SEGMENT) ?? [];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = compareSegments(left[index], right[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareSegments(one: string | undefined, other: string | undefined): number {
  const [rank, otherRank] = [rankOf(one), rankOf(other)];
  if (rank !== otherRank) return rank < otherRank ? -1 : 1;
  if (one === undefined || other === undefined || one === other) return 0;
  if (rank === LETTERS) return one < other ? -1 : 1;
  return compareNumbers(one.replace(/^0+/, ''), other.replace(/^0+/, ''));
}
const LETTERS = 3;
/** `~` before the end, the end before `^`, that before letters, letters before digits. */
function rankOf(segment: string | undefined): number {
  if (segment === undefined) return 1;
  if (segment === '~') return 0;
  if (segment === '^') return 2;
  return /^\d/.test(segment) ? 4 : LETTERS;
}
/** Of any length: numbers of dates and hashes are longer than a double is exact. */
function compareNumbers(one: string, other: string): number {
  if (one.length !== other.length) return one.length < other.length ? -1 : 1;
  return one === other ? 0 : one < other ? -1 : 1;
}
