/** What reports know beside the store: the catalogue of checks, and until when releases are supported. */
import type { Threshold } from '../agent/checks/check.ts';
import { CHECKS } from '../agent/checks/index.ts';
import { verdictsByInstance } from '../agent/checks/instance-verdicts.ts';
import { advisedMinor, type DceGeneration, dceLifecycle, KUBERNETES_AS_OF, kubernetesRelease, oldestMaintainedMinor } from '../agent/checks/lifecycle/kubernetes.ts';
import { lifecycleOf, lifecycleSource, longerServicePack, OPERATING_SYSTEMS_AS_OF, type OsLifecycle } from '../agent/checks/lifecycle/operating-systems.ts';
import { systemName } from '../collector/inspections/host-facts.ts';
import type { Knowledge } from '../collector/inspections/knowledge.ts';
import type { LifecycleEntry } from '../reports/facts/period.ts';
import { middlewareEntries } from './middleware-lifecycles.ts';

export const REPORT_CHECKS = CHECKS.map(({ id, area, title, why, remedy, severity, source, group, threshold, unit }) => ({
  ...{ id, area, title, why, remedy, severity, source },
  ...(group && { group, unit, ...limitOf(threshold) }),
}));
/** One limit to show: the only one, or the one that is crossed first. */
function limitOf(threshold: Threshold): { readonly limit?: number | string | boolean } {
  const limits = Object.entries(threshold);
  const [, limit] = (limits.length === 1 ? limits[0] : (limits.find(([name]) => /^info[A-Z]/.test(name)) ?? limits.find(([name]) => name.startsWith('warning')))) ?? [];
  return typeof limit === 'number' || typeof limit === 'boolean' || typeof limit === 'string' ? { limit } : {};
}

const MIDDLEWARE_CHECKS = CHECKS.filter(({ area }) => area === 'middleware');

export const KNOWLEDGE: Knowledge = {
  checks: REPORT_CHECKS,
  lifecycles: ({ kubernetes, systems, middleware }, asOf) => [
    ...kubernetesEntries(kubernetes, asOf),
    ...dceEntries(kubernetes),
    ...systemEntries(systems),
    ...middlewareEntries(middleware, { endOf, beginOf, tablesAt: OPERATING_SYSTEMS_AS_OF }),
  ],
  // The site's own thresholds are not known here; they decided the findings, which stand before these words.
  instanceVerdicts: (sections, gatherers, about) => verdictsByInstance(MIDDLEWARE_CHECKS, sections, gatherers, new Set(gatherers.map(({ domain }) => domain)), about, undefined),
  systemLife(os) {
    const life = lifecycleOf(os);
    return life && { ...supportOf(life), ...(longerServicePack(os) !== undefined && { advised: systemName(os.distribution, longerServicePack(os)) }) };
  },
};

/** Until when it is supported at all, and until when regularly where something comes after that. */
function supportOf({ end, extended }: OsLifecycle): Pick<LifecycleEntry, 'endOfSupportAt' | 'regularSupportEndsAt'> {
  return extended === undefined ? { endOfSupportAt: endOf(end) } : { endOfSupportAt: endOf(extended), regularSupportEndsAt: endOf(end) };
}

/** Unix seconds of the last moment of a day, UTC. */
function endOf(day: string): number {
  return Date.parse(`${day}T23:59:59Z`) / 1_000;
}
function beginOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1_000;
}

function kubernetesEntries(versions: readonly string[], asOf: number): readonly LifecycleEntry[] {
  const oldest = oldestMaintainedMinor(asOf);
  return grouped(versions).map(([version, inUse]) => {
    const minor = Number(/^v?1\.(\d+)/.exec(version)?.[1]);
    const release = Number.isInteger(minor) ? kubernetesRelease(minor) : undefined;
    const isBehind = oldest !== undefined && minor < oldest;
    const next = release && daysUntil(release.end, asOf) <= DAYS_OF_NOTICE ? nextMinor(minor, asOf) : undefined;
    return {
      ...{ product: 'Kubernetes', version, inUse },
      ...(release && { releasedAt: beginOf(release.released), endOfSupportAt: endOf(release.end) }),
      // Minors are upgraded one after the other: the next is the way, one that lives on for half a year the aim; what ends soon goes to the next one.
      ...(isBehind ? { advised: `v1.${advisedMinor(asOf)}` } : next !== undefined && { advised: `v1.${next}` }),
      source: 'kubernetes.io/releases',
      sourceAt: beginOf(KUBERNETES_AS_OF),
    };
  });
}

/** As reports warn of a release that ends. */
const DAYS_OF_NOTICE = 180;
function daysUntil(day: string, asOf: number): number {
  return (endOf(day) - asOf) / 86_400;
}
/** The minor after this one, where it is out and lasts longer. */
function nextMinor(minor: number, asOf: number): number | undefined {
  const [own, next] = [kubernetesRelease(minor), kubernetesRelease(minor + 1)];
  return own && next && beginOf(next.released) <= asOf && next.end > own.end ? minor + 1 : undefined;
}

const GENERATIONS: readonly DceGeneration[] = [3, 4, 5];
/** Only where a version itself says which generation it is (`…-dce-4`). */
function dceEntries(versions: readonly string[]): readonly LifecycleEntry[] {
  const found = versions.flatMap((version) => GENERATIONS.filter((one) => new RegExp(`dce-?${one}`, 'i').test(version)));
  return grouped(found.map(String)).flatMap(([generation, inUse]) => {
    const life = dceLifecycle(Number(generation) as DceGeneration);
    return life
      ? [
          {
            product: 'DaoCloud Enterprise',
            version: generation,
            inUse,
            endOfSupportAt: endOf(life.endOfService),
            source: 'DaoCloud 产品支持政策',
            sourceAt: beginOf(KUBERNETES_AS_OF),
          },
        ]
      : [];
  });
}

type System = Parameters<Knowledge['systemLife']>[0];
function systemEntries(systems: readonly System[]): readonly LifecycleEntry[] {
  const byName = Map.groupBy(systems, ({ distribution, release, versionId }) => systemName(distribution, release ?? versionId));
  return [...byName]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, [system, ...more]]) => {
      if (system === undefined) return [];
      const life = lifecycleOf(system);
      const longer = longerServicePack(system);
      const product = systemName(system.distribution, undefined);
      return [
        {
          ...{ product, version: name.slice(product.length).trim(), inUse: more.length + 1 },
          ...(life && supportOf(life)),
          ...(longer !== undefined && { advised: systemName(system.distribution, longer) }),
          source: (life && lifecycleSource(system.distribution)) ?? '—',
          sourceAt: beginOf(OPERATING_SYSTEMS_AS_OF),
        },
      ];
    });
}
function grouped(words: readonly string[]): readonly (readonly [string, number])[] {
  return [...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length] as const).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
