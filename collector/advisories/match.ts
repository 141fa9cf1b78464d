/**
 * What of the published defects matches what is installed. Pure. Only what was gathered is compared: the kernel that runs, and the
 * packages of a closed list. What was not compared is counted; nothing follows from it.
 */
import type { AdvisoryFacts, AdvisoryMatch, PackageVersions } from '../../reports/facts/middleware.ts';
import type { Advisory } from './advisory.ts';
import { productOf } from './advisory.ts';
import { compareEvr, type Evr, formatEvr, parseEvr } from './rpm-version.ts';

/** A package of a machine as its snapshot tells it. */
export interface Installed {
  readonly node: string;
  readonly package: string;
  readonly product: string;
  readonly running: Evr;
  /** Newest that is installed, where it is another one than the running. */
  readonly newest?: Evr | undefined;
}

/** Flavours are packages of their own, with advisories of their own. */
const FLAVOURS: readonly (readonly [RegExp, string])[] = [
  [/[-.](?:rt|rt\d+)(?=[-.])/, 'kernel-rt'],
  [/raspi/, 'raspberrypi-kernel'],
];
/** `5.10.0-200.0.0.113.oe2203sp3.x86_64` as the package that it came from. @returns nothing for kernels that are no RPM of a known distribution */
export function kernelPackage(release: string): { readonly package: string; readonly product: string; readonly evr: Evr } | undefined {
  const plain = release.replace(/\.(?:x86_64|aarch64|loongarch64|riscv64|ppc64le|sw_64)$/, '');
  const evr = parseEvr(plain);
  const product = evr && productOf(evr.release);
  if (!evr || product === undefined) return undefined;
  return { package: FLAVOURS.find(([pattern]) => pattern.test(release))?.[1] ?? 'kernel', product, evr };
}

/** @param systems name and kernels of every machine */
export function installedKernels(systems: readonly { readonly node: string; readonly kernel?: string | undefined; readonly newestKernel?: string | undefined }[]): {
  readonly installed: readonly Installed[];
  readonly unmatched: readonly string[];
} {
  const installed: Installed[] = [];
  const unmatched: string[] = [];
  for (const { node, kernel, newestKernel } of systems) {
    const running = kernel === undefined ? undefined : kernelPackage(kernel);
    if (!running) {
      unmatched.push(node);
      continue;
    }
    const newest = newestKernel === undefined ? undefined : kernelPackage(newestKernel);
    const isNewer = newest !== undefined && newest.package === running.package && compareEvr(newest.evr, running.evr) > 0;
    installed.push({ node, package: running.package, product: running.product, running: running.evr, ...(isNewer && { newest: newest.evr }) });
  }
  return { installed, unmatched };
}

/** Of RPM distributions; others have no release tag that says which feed speaks about them. */
export function installedPackages(versions: readonly PackageVersions[]): readonly Installed[] {
  return versions.flatMap(({ name, version, nodes }) => {
    const evr = version === undefined ? undefined : parseEvr(version);
    const product = evr && productOf(evr.release);
    return evr === undefined || product === undefined ? [] : nodes.map((node): Installed => ({ node, package: name, product, running: evr }));
  });
}

/** Packages that a restart of the machine brings into use. */
const NEEDS_REBOOT = /^(kernel|kernel-rt|raspberrypi-kernel|glibc|systemd)$/;

export interface MatchInput {
  /** Of the products in use; every fix of theirs, also of packages that were not gathered. */
  readonly advisories: readonly Advisory[];
  readonly installed: readonly Installed[];
  readonly unmatched: readonly string[];
  /** Name of the feed. */
  readonly feed: string;
  /** Unix seconds: the newest advisory of the feed. */
  readonly feedAt: number;
}
/** Machines that have one version of one package. */
interface SameVersion {
  readonly evr: Evr;
  readonly machines: Installed[];
}
export function matchAdvisories({ advisories, installed, unmatched, feed, feedAt }: MatchInput): AdvisoryFacts {
  const versions = byVersion(installed);
  const matches: AdvisoryMatch[] = [];
  let fixedAlready = 0;
  let notCompared = 0;
  for (const advisory of advisories) {
    const own = advisory.fixes.filter((fix) => versions.has(keyOf(fix)));
    if (own.length === 0) {
      notCompared += 1;
      continue;
    }
    const found = joined(own.flatMap((fix) => matchesOf(advisory, fix, versions.get(keyOf(fix)) ?? new Map<string, SameVersion>())));
    if (found.length === 0) fixedAlready += 1;
    matches.push(...found);
  }
  const packages = [...new Set(installed.map((one) => one.package))].toSorted();
  const covered = new Set(advisories.flatMap(({ fixes }) => fixes.map(({ product }) => product)));
  // A product that the feed does not speak about was held against nothing.
  const silent = new Set(installed.filter(({ product }) => !covered.has(product)).map(({ node }) => node));
  const told = new Set(installed.filter(({ product }) => covered.has(product)).map(({ node }) => node));
  const unmatchedNodes = [...new Set([...unmatched.filter((node) => !told.has(node)), ...[...silent].filter((node) => !told.has(node))])].toSorted();
  return { feed, feedAt, matches, unmatchedNodes, compared: packages, fixedAlready, notCompared };
}
function keyOf({ product, package: name }: { readonly product: string; readonly package: string }): string {
  return `${product}|${name}`;
}
function byVersion(installed: readonly Installed[]): ReadonlyMap<string, ReadonlyMap<string, SameVersion>> {
  const out = new Map<string, Map<string, SameVersion>>();
  for (const one of installed) {
    const versions = out.get(keyOf(one)) ?? new Map<string, SameVersion>();
    const text = formatEvr(one.running);
    const same = versions.get(text) ?? { evr: one.running, machines: [] };
    same.machines.push(one);
    versions.set(text, same);
    out.set(keyOf(one), versions);
  }
  return out;
}

function matchesOf(advisory: Advisory, fix: Advisory['fixes'][number], versions: ReadonlyMap<string, SameVersion>): readonly AdvisoryMatch[] {
  const fixed = parseEvr(fix.version);
  if (!fixed) return [];
  const { id, kind, severity, publishedAt, cves, score, source } = advisory;
  return [...versions].flatMap(([current, { evr, machines }]) => {
    if (compareToFix(evr, fixed) >= 0) return [];
    return [
      {
        ...{ id, kind, severity, publishedAt: Math.floor(publishedAt / 1_000), cves, component: fix.package, current, fixed: fix.version, source },
        ...(score !== undefined && { score }),
        nodes: machines.map(({ node }) => node).toSorted(),
        reboot: NEEDS_REBOOT.test(fix.package),
        ...(kind === 'hotpatch' && { hotpatch: true }),
        // The fixed package is in a published advisory of this very service pack.
        obtainable: true,
        ...(machines.every(({ newest }) => newest !== undefined && compareToFix(newest, fixed) >= 0) && { installed: true }),
      },
    ];
  });
}
/** Names of CSAF's products and of RPM files carry no epoch: where the fix tells none, neither side's counts. */
function compareToFix(one: Evr, fixed: Evr): number {
  return compareEvr(fixed.epoch === 0 ? { ...one, epoch: 0 } : one, fixed);
}

/** One line for the packages that came from one source: same advisory, same versions, same machines. */
function joined(matches: readonly AdvisoryMatch[]): readonly AdvisoryMatch[] {
  const groups = Map.groupBy(matches, ({ current, fixed, nodes, installed }) => [withoutEpoch(current), withoutEpoch(fixed), installed === true, ...nodes].join('|'));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ ...first, component: [...new Set(group.map(({ component }) => component))].toSorted().join(', '), reboot: group.some(({ reboot }) => reboot) }];
  });
}
function withoutEpoch(version: string): string {
  return version.replace(/^\d+:/, '');
}
