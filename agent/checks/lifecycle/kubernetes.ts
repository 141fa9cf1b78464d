/**
 * Until when releases of Kubernetes and of DaoCloud Enterprise (DCE) are maintained. Days are the last of support.
 * Where two publications differ, the contract's text counts and the other one stands beside it.
 */

import { extended, learnedLifecycles } from './extension.ts';

/** When the tables were last held against their sources. */
export const KUBERNETES_AS_OF = '2026-11-22';

export interface KubernetesRelease {
  readonly minor: number;
  /** `YYYY-MM-DD`, as are the other days. */
  readonly released: string;
  /** End of active support; only critical fixes follow. */
  readonly activeUntil: string;
  readonly end: string;
}

/** Source: endoflife-date a70eca3, product kubernetes; kubernetes.io/releases prints 2025-06-28 for 1.30. */
export const KUBERNETES_RELEASES: readonly KubernetesRelease[] = (
  [
    [20, '2020-12-08', '2021-12-28', '2022-02-28'],
    [21, '2021-04-08', '2022-04-28', '2022-06-28'],
    [22, '2021-08-04', '2022-08-28', '2022-10-28'],
    [23, '2021-12-07', '2022-12-28', '2023-02-28'],
    [24, '2022-05-03', '2023-05-28', '2023-07-28'],
    [25, '2022-08-23', '2023-08-27', '2023-10-27'],
    [26, '2022-12-08', '2023-12-28', '2024-02-28'],
    [27, '2023-04-11', '2024-04-28', '2024-06-28'],
    [28, '2023-08-15', '2024-08-28', '2024-10-28'],
    [29, '2023-12-13', '2024-12-28', '2025-02-28'],
    [30, '2024-04-17', '2025-04-28', '2025-07-15'],
    [31, '2024-08-13', '2025-08-28', '2025-11-11'],
    [32, '2024-12-11', '2025-12-28', '2026-02-28'],
    [33, '2025-04-23', '2026-04-28', '2026-06-28'],
    [34, '2025-08-27', '2026-08-27', '2026-10-27'],
    [35, '2025-12-17', '2026-12-28', '2027-02-28'],
    [36, '2026-04-22', '2027-04-28', '2027-06-28'],
  ] as const
).map(([minor, released, activeUntil, end]) => ({ minor, released, activeUntil, end }));

/**
 * The release 1.`minor`. Older ones than the table's share the end of its oldest row (they ended before it); newer ones
 * are not known: `undefined`.
 */
export function kubernetesRelease(minor: number): KubernetesRelease | undefined {
  const oldest = KUBERNETES_RELEASES[0];
  return oldest !== undefined && minor < oldest.minor ? { ...oldest, minor } : knownReleases().find((release) => release.minor === minor);
}

/** Oldest first, those of the applied rule pack included. */
function knownReleases(): readonly KubernetesRelease[] {
  return extended(KUBERNETES_RELEASES, learnedLifecycles().kubernetes, ({ minor }) => minor).toSorted((one, other) => one.minor - other.minor);
}

/** The oldest minor that is still maintained at `now` (Unix seconds); `undefined` when the table is too old to tell. */
export function oldestMaintainedMinor(now: number): number | undefined {
  return knownReleases().find(({ end }) => daysLeft(end, now) >= 0)?.minor;
}

/** What is advised to go to has at least so long to live: half a year, or the upgrade is due again when it is done. */
const LIFE_LEFT_DAYS = 180;
/** The oldest minor that is out and has half a year to live at `now` (Unix seconds), else the newest that lives; `undefined` when the table is too old to tell. */
export function advisedMinor(now: number): number | undefined {
  const living = knownReleases().filter(({ released, end }) => Date.parse(`${released}T00:00:00Z`) / 1_000 <= now && daysLeft(end, now) >= 0);
  return (living.find(({ end }) => daysLeft(end, now) > LIFE_LEFT_DAYS) ?? living.at(-1))?.minor;
}

export type DceGeneration = 3 | 4 | 5;
export interface DceLifecycle {
  readonly generation: DceGeneration;
  /** End of production: no new features. */
  readonly endOfProduction: string;
  /** End of maintenance: no fixes by default. */
  readonly endOfMaintenance: string;
  /** End of service. */
  readonly endOfService: string;
  /** The same as docs.daocloud.io prints it, when it differs: end of standard support, end of service life. */
  readonly published?: { readonly standardSupport: string; readonly serviceLife: string };
}

/** Source: DaoCloud's product support policy (the contract); `published`: docs.daocloud.io dce/support.md. Extended maintenance adds up to two years by contract. */
const DCE: readonly DceLifecycle[] = [
  { generation: 3, endOfProduction: '2021-07-30', endOfMaintenance: '2023-07-30', endOfService: '2025-07-30' },
  { generation: 4, endOfProduction: '2023-03-30', endOfMaintenance: '2025-03-30', endOfService: '2027-03-30' },
  {
    generation: 5,
    endOfProduction: '2025-10-30',
    endOfMaintenance: '2027-10-30',
    endOfService: '2029-10-30',
    published: { standardSupport: '2026-06-01', serviceLife: '2028-10-30' },
  },
];

export function dceLifecycle(generation: DceGeneration): DceLifecycle | undefined {
  return DCE.find((row) => row.generation === generation);
}

/** Whole days from `now` (Unix seconds) to the end of that day, negative when it is over. */
export function daysLeft(day: string, now: number): number {
  return Math.floor((Date.parse(`${day}T23:59:59Z`) / 1_000 - now) / 86_400);
}
