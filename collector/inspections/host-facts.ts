/** From host sections to the facts that reports print. */
import { type HostParameterRow, hostParametersOf } from '../../agent/checks/host-profile-rows.ts';
import type { CheckVerdict, GathererReport } from '../../agent/wire/inspection.ts';
import type { SectionName, SomeSections } from '../../agent/wire/section-values.ts';
import type { Fact, FilesystemFacts, HostFacts, MachinePlatform, ParameterFacts, SystemFacts } from '../../reports/model.ts';

/** A section's value as a fact: what it says, or why it is not there. */
export function factOf<N extends SectionName, T>(
  section: N,
  sections: SomeSections,
  gatherers: readonly GathererReport[],
  tell: (value: NonNullable<SomeSections[N]>) => T,
): Fact<T> {
  const value = sections[section];
  if (value !== undefined && value !== null) return { value: tell(value) };
  return { missing: gatherers.find((report) => report.section === section)?.reason ?? 'not-gathered' };
}

/** How distributions write their own names; others stand as the section tells them. */
const DISTRIBUTION_NAMES: Readonly<Record<string, string>> = {
  openeuler: 'openEuler',
  euleros: 'EulerOS',
  kylin: 'Kylin',
  uos: 'UOS',
  anolis: 'Anolis OS',
  alinux: 'Alibaba Cloud Linux',
  bclinux: 'BC-Linux',
  tencentos: 'TencentOS',
  centos: 'CentOS',
  'centos-stream': 'CentOS Stream',
  rhel: 'Red Hat Enterprise Linux',
  rocky: 'Rocky Linux',
  almalinux: 'AlmaLinux',
  oracle: 'Oracle Linux',
  ubuntu: 'Ubuntu',
  debian: 'Debian',
  sles: 'SLES',
  fedora: 'Fedora',
  alpine: 'Alpine',
};
export function systemName(distribution: string, version: string | undefined): string {
  const name = Object.hasOwn(DISTRIBUTION_NAMES, distribution) ? (DISTRIBUTION_NAMES[distribution] ?? distribution) : distribution;
  return version === undefined ? name : `${name} ${releaseName(distribution, version)}`;
}
/** As the vendors write it: `24.03 LTS SP3`, `V10 SP3`, `15 SP6` of SUSE, which the section has as `24.03-lts-sp3`, `v10-sp3`, `15.6`. */
function releaseName(distribution: string, version: string): string {
  if (distribution === 'sles') return version.replace(/^(\d+)\.(\d+)$/, '$1 SP$2');
  return version.replace(/^v(?=\d)/, 'V').replace(/-(lts|sp\d+)/g, (_, word: string) => ` ${word.toUpperCase()}`);
}

/** @param verdicts of the inspection: what the site exempted is no failure */
export function hostFactsOf(name: string, sections: SomeSections, gatherers: readonly GathererReport[], verdicts: readonly CheckVerdict[] = []): HostFacts {
  const { os, load, machine } = sections;
  return {
    name,
    system: os || machine ? { value: systemFactsOf(sections) } : factOf('os', sections, gatherers, () => ({})),
    cpu: factOf('cpu', sections, gatherers, ({ cores, busyPercent, iowaitPercent }) => ({ cores, busyPercent, iowaitPercent, load5: load?.load5 })),
    memory: factOf('memory', sections, gatherers, ({ totalBytes, usedPercent, swapTotalBytes, swapFreeBytes }) => ({
      totalBytes,
      usedPercent,
      swapUsedBytes: Math.max(0, swapTotalBytes - swapFreeBytes),
    })),
    filesystems: factOf('filesystems', sections, gatherers, ({ mounts, dropped }) => {
      const rows = mounts
        .filter(({ role }) => role === 'host' || role === 'boot')
        .map(({ name: mount, type, sizeBytes, usedPercent, inodesUsedPercent }): FilesystemFacts => ({ mount, type, sizeBytes, usedPercent, inodesUsedPercent }));
      return { rows, total: rows.length + dropped };
    }),
    parameters: factOf('sysctls', sections, gatherers, () => {
      const rows = hostParametersOf(sections).map((row) => parameterFacts(row, verdicts));
      return { rows, total: rows.length };
    }),
  };
}
/** The rows go by bounds as they are delivered; where the check does not fail, the site asks for less. */
function parameterFacts({ check, ...row }: HostParameterRow, verdicts: readonly CheckVerdict[]): ParameterFacts {
  const said = verdicts.find((verdict) => verdict.check === check);
  if (row.verdict !== 'fail' || !said) return row;
  return said.verdict === 'pass' || said.verdict === 'not-applicable' ? { ...row, verdict: 'exempt' } : { ...row, severity: said.severity };
}

function systemFactsOf({ os, machine }: SomeSections): SystemFacts {
  return {
    os: os && systemName(os.distribution, os.release ?? os.versionId),
    kernel: os?.kernel,
    architecture: machine?.architecture,
    platform: machine && platformOf(machine),
    uptimeSeconds: os?.uptimeSeconds,
  };
}
function platformOf({ container, hypervisor }: NonNullable<SomeSections['machine']>): MachinePlatform | undefined {
  if (container !== 'none') return { kind: 'container', by: container };
  if (hypervisor === undefined) return undefined;
  return hypervisor === 'none' ? { kind: 'physical' } : { kind: 'virtual', by: hypervisor };
}
