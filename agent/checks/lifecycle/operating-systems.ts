/**
 * Until when distributions are maintained. Days are the last of public support; `extended` ends what needs a contract or an
 * announcement of its own (Ubuntu Pro, RHEL ELS, Oracle Extended Support, SUSE LTSS, Debian LTS, openEuler's joint maintenance). Releases whose dates are not
 * public (Kylin, UOS, EulerOS, …) are left out: their check answers `unknown`.
 */
import type { Sections } from '../../wire/section-values.ts';
import { extended, learnedLifecycles } from './extension.ts';

type Os = Sections['os'];
type Distribution = Os['distribution'];

/** When the table was last held against its sources. */
export const OPERATING_SYSTEMS_AS_OF = '2026-11-25';

export interface OsLifecycle {
  readonly release: string;
  /** Last day of regular maintenance, `YYYY-MM-DD`. */
  readonly end: string;
  /** Last day of what comes after it: LTS, ESM, extended or extended-lifecycle support. */
  readonly extended?: string | undefined;
}

/**
 * Sources, by distribution:
 * what {@link SOURCES} names; beside it: RHEL's ELS 8 and 9 and AlmaLinux as endoflife.date has them from the vendors' own data · Oracle
 * names months: the last day counts · Debian's last day of LTS from wiki.debian.org/LTS · Alibaba Cloud Linux: its help pages.
 */
const TABLE: Readonly<Partial<Record<Distribution, readonly (readonly [release: string, end: string, extended?: string])[]>>> = {
  openeuler: [
    ['20.03-lts', '2022-03-31'],
    ['20.03-lts-sp1', '2022-12-31'],
    ['20.03-lts-sp2', '2022-04-30'],
    ['20.03-lts-sp3', '2023-12-31'],
    ['20.03-lts-sp4', '2025-11-30', '2026-03-31'],
    ['22.03-lts', '2024-03-31'],
    ['22.03-lts-sp1', '2024-12-31'],
    ['22.03-lts-sp2', '2024-03-31'],
    ['22.03-lts-sp3', '2025-12-31'],
    ['22.03-lts-sp4', '2026-06-30', '2028-03-31'],
    ['24.03-lts', '2026-05-31'],
    ['24.03-lts-sp1', '2026-12-31'],
    ['24.03-lts-sp2', '2026-03-31'],
    ['24.03-lts-sp3', '2027-12-31'],
    ['24.03-lts-sp4', '2027-03-31'],
    ['20.09', '2021-03-31'],
    ['21.03', '2021-09-30'],
    ['21.09', '2022-03-31'],
    ['22.09', '2023-03-31'],
    ['23.03', '2023-09-30'],
    ['23.09', '2024-03-31'],
    ['24.09', '2025-03-31'],
    ['25.03', '2025-09-30'],
    ['25.09', '2026-03-31'],
  ],
  centos: [
    ['5', '2017-03-31'],
    ['6', '2020-11-30'],
    ['7', '2024-06-30'],
    ['8', '2021-12-31'],
  ],
  'centos-stream': [
    ['8', '2024-05-31'],
    ['9', '2027-05-31'],
    ['10', '2030-01-01'],
  ],
  rhel: [
    ['5', '2017-03-31', '2020-11-30'],
    ['6', '2020-11-30', '2024-06-30'],
    ['7', '2024-06-30', '2028-06-30'],
    ['8', '2029-05-31', '2032-05-31'],
    ['9', '2032-05-31', '2035-05-31'],
    ['10', '2035-05-31'],
  ],
  rocky: [
    ['8', '2029-05-31'],
    ['9', '2032-05-31'],
    ['10', '2035-05-31'],
  ],
  almalinux: [
    ['8', '2029-03-01'],
    ['9', '2032-05-31'],
    ['10', '2035-05-31'],
  ],
  oracle: [
    ['6', '2021-03-31', '2024-12-31'],
    ['7', '2024-12-31', '2028-06-30'],
    ['8', '2029-07-31', '2032-07-31'],
    ['9', '2032-06-30'],
    ['10', '2035-06-30'],
  ],
  ubuntu: [
    ['14.04', '2019-04-02', '2024-04-02'],
    ['16.04', '2021-04-02', '2026-04-02'],
    ['18.04', '2023-05-31', '2028-04-01'],
    ['20.04', '2025-05-31', '2030-04-02'],
    ['22.04', '2027-04-01', '2032-04-09'],
    ['24.04', '2029-05-31', '2036-05-31'],
    ['26.04', '2031-04-30', '2036-04-30'],
    ['22.10', '2023-07-20'],
    ['23.04', '2024-01-20'],
    ['23.10', '2024-07-12'],
    ['24.10', '2025-07-10'],
    ['25.04', '2026-01-17'],
    ['25.10', '2026-07-01'],
  ],
  debian: [
    ['8', '2018-06-17'],
    ['9', '2020-07-18'],
    ['10', '2022-09-10', '2024-06-30'],
    ['11', '2024-08-14', '2026-08-31'],
    ['12', '2026-06-10', '2028-06-30'],
    ['13', '2028-08-09', '2030-06-30'],
  ],
  sles: [
    ['12.3', '2019-06-30', '2022-06-30'],
    ['12.4', '2020-06-30', '2023-06-30'],
    ['12.5', '2024-10-31', '2027-10-31'],
    ['15', '2019-12-31', '2022-12-31'],
    ['15.1', '2021-01-31', '2024-01-31'],
    ['15.2', '2021-12-31', '2024-12-31'],
    ['15.3', '2022-12-31', '2025-12-31'],
    ['15.4', '2023-12-31', '2026-12-31'],
    ['15.5', '2024-12-31', '2027-12-31'],
    ['15.6', '2025-12-31', '2028-12-31'],
    ['15.7', '2031-07-31', '2034-07-31'],
  ],
  anolis: [['8', '2031-03-31']],
  amazon: [
    ['2', '2026-06-30'],
    ['2023', '2029-06-30'],
  ],
  alinux: [
    ['2', '2024-03-31', '2026-03-31'],
    ['3', '2031-03-31'],
  ],
};
/** Where a reader finds the dates again. */
const SOURCES: Readonly<Partial<Record<Distribution, string>>> = {
  openeuler: 'openEuler release-management/lifecycle.md',
  rhel: 'access.redhat.com/support/policy/updates/errata',
  rocky: 'wiki.rockylinux.org/rocky/version',
  almalinux: 'wiki.almalinux.org/release-notes',
  oracle: 'Oracle Lifetime Support Policy',
  centos: 'centos.org',
  'centos-stream': 'centos.org/cl-vs-cs',
  anolis: 'gitee.com/anolis/rnotes',
  ubuntu: 'wiki.ubuntu.com/Releases',
  debian: 'wiki.debian.org/DebianReleases',
  sles: 'suse.com/lifecycle',
  amazon: 'aws.amazon.com/amazon-linux-2',
  alinux: 'help.aliyun.com',
};
/** The publication that a distribution's dates are from; `undefined` where none are known. */
export function lifecycleSource(distribution: Distribution): string | undefined {
  return SOURCES[distribution];
}
/** Maintained for months, not years: no distribution for servers. */
const SHORT_LIVED: readonly Distribution[] = ['fedora', 'arch', 'gentoo', 'deepin', 'centos-stream'];

type OsRow = readonly [release: string, end: string, extended?: string];
/** Those of the applied rule pack included. */
function rowsOf(distribution: Distribution): readonly OsRow[] {
  const learned = learnedLifecycles().operatingSystems?.[distribution]?.map(
    ({ release, end, extended: until }): OsRow => (until === undefined ? [release, end] : [release, end, until]),
  );
  return extended<OsRow>(TABLE[distribution] ?? [], learned, ([release]) => release);
}

/** The row of a system; `undefined` when its dates are not known. Service packs match exactly, minor releases by their major. */
export function lifecycleOf({ distribution, release, versionId }: Pick<Os, 'distribution' | 'release' | 'versionId'>): OsLifecycle | undefined {
  const rows = rowsOf(distribution);
  const exact = rows.find(([name]) => name === release) ?? rows.find(([name]) => name === versionId);
  const row =
    exact ?? (distribution === 'openeuler' || distribution === 'sles' ? undefined : rows.find(([name]) => versionId?.startsWith(`${name}.`) || release?.startsWith(`${name}.`)));
  return row && { release: row[0], end: row[1], extended: row[2] };
}

/** The service pack of the same LTS that is maintained longest, when that is longer than this one. */
export function longerServicePack({ distribution, release, versionId }: Pick<Os, 'distribution' | 'release' | 'versionId'>): string | undefined {
  const own = lifecycleOf({ distribution, release, versionId });
  if (own === undefined || (distribution !== 'openeuler' && distribution !== 'sles')) return undefined;
  const family = distribution === 'sles' ? own.release.split('.', 1)[0] : /^[\d.]+-lts/.exec(own.release)?.[0];
  if (family === undefined) return undefined;
  let best = own.release;
  let end = own.end;
  for (const [name, until] of rowsOf(distribution)) {
    if (name.startsWith(family) && until > end) [best, end] = [name, until];
  }
  return best === own.release ? undefined : best;
}

/** Innovation, interim and rolling releases. */
export function isShortLived({ distribution, release, versionId }: Pick<Os, 'distribution' | 'release' | 'versionId'>): boolean {
  if (SHORT_LIVED.includes(distribution)) return true;
  if (distribution === 'openeuler') return release !== undefined && /^\d{2}\.\d{2}$/.test(release);
  return distribution === 'ubuntu' && versionId !== undefined && !/^\d?[02468]\.04/.test(versionId);
}

/** Whole days from `now` (Unix seconds) to the end of that day, negative when it is over. */
export function daysUntil(day: string, now: number): number {
  return Math.floor((Date.parse(`${day}T23:59:59Z`) / 1_000 - now) / 86_400);
}
