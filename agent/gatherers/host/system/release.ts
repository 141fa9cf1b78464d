/** Which distribution and release a system is, from `/etc/os-release` and the vendors' own files beside it. */
import type { DISTRIBUTIONS } from '../../../wire/sections/host/system-os.ts';
import { toVersion } from '../../../wire/version.ts';

export type Distribution = (typeof DISTRIBUTIONS)[number];
export interface Release {
  readonly distribution: Distribution;
  readonly versionId?: string | undefined;
  readonly release?: string | undefined;
}

/** `ID` of os-release, lower case, where it is not our word already. */
const DISTRIBUTION_BY_ID: ReadonlyMap<string, Distribution> = new Map(
  Object.entries<Distribution>({
    openeuler: 'openeuler',
    euleros: 'euleros',
    kylin: 'kylin',
    uos: 'uos',
    uniontech: 'uos',
    deepin: 'deepin',
    anolis: 'anolis',
    alinux: 'alinux',
    bclinux: 'bclinux',
    tencentos: 'tencentos',
    ctyunos: 'ctyunos',
    kos: 'kos',
    fusionos: 'fusionos',
    linx: 'linx',
    hce: 'hce',
    velinux: 'velinux',
    centos: 'centos',
    rhel: 'rhel',
    rocky: 'rocky',
    almalinux: 'almalinux',
    ol: 'oracle',
    amzn: 'amazon',
    fedora: 'fedora',
    ubuntu: 'ubuntu',
    debian: 'debian',
    sles: 'sles',
    sles_sap: 'sles',
    'opensuse-leap': 'opensuse',
    'opensuse-tumbleweed': 'opensuse',
    opensuse: 'opensuse',
    flatcar: 'flatcar',
    bottlerocket: 'bottlerocket',
    talos: 'talos',
    photon: 'photon',
    cos: 'cos',
    azurelinux: 'azurelinux',
    mariner: 'azurelinux',
    alpine: 'alpine',
    arch: 'arch',
    gentoo: 'gentoo',
  }),
);

/** Service packs of Kylin Linux Advanced Server by the code name in `VERSION`. */
const KYLIN_SERVICE_PACKS: ReadonlyMap<string, string> = new Map([
  ['tercel', 'sp1'],
  ['sword', 'sp2'],
  ['lance', 'sp3'],
  ['halberd', 'sp3-2403'],
]);

/** Files that tell the minor release, where os-release does not. */
export const RELEASE_FILES: Readonly<Partial<Record<Distribution, string>>> = {
  openeuler: '/etc/openEuler-latest',
  kylin: '/etc/.productinfo',
  uos: '/etc/os-version',
  centos: '/etc/centos-release',
  rhel: '/etc/redhat-release',
  debian: '/etc/debian_version',
};

/** @param osRelease the assignments of `/etc/os-release` */
export function parseDistribution(osRelease: ReadonlyMap<string, string>): Distribution {
  const known = DISTRIBUTION_BY_ID.get((osRelease.get('ID') ?? '').toLowerCase()) ?? 'other';
  return known === 'centos' && (osRelease.get('NAME') ?? '').includes('Stream') ? 'centos-stream' : known;
}

/** @param vendorFile text of the distribution's file in {@link RELEASE_FILES}, when it is there */
export function parseRelease(osRelease: ReadonlyMap<string, string>, vendorFile = ''): Release {
  const distribution = parseDistribution(osRelease);
  const versionId = toVersion(osRelease.get('VERSION_ID'));
  const named = releaseOf(distribution, osRelease.get('VERSION') ?? '', vendorFile.slice(0, 4_096));
  return { distribution, versionId, release: toVersion(named) ?? versionId };
}

function releaseOf(distribution: Distribution, version: string, vendorFile: string): string | undefined {
  switch (distribution) {
    case 'openeuler':
      return openEuler(version) ?? openEuler(/openeulerversion=openEuler-([\d.]{4,6}(?:-LTS)?(?:-SP\d{1,2})?)/i.exec(vendorFile)?.[1] ?? '') ?? version;
    case 'kylin':
      return kylin(version) ?? kylin(vendorFile);
    case 'uos': {
      const [, major] = /^MajorVersion=(\d{1,4})\s*$/m.exec(vendorFile) ?? [];
      const [, minor] = /^MinorVersion=(\d{1,6})\s*$/m.exec(vendorFile) ?? [];
      return major && minor ? `${major}.${minor}` : undefined;
    }
    case 'centos':
    case 'rhel':
      return /\brelease (\d{1,3}(?:\.\d{1,5}){0,3})/.exec(vendorFile)?.[1];
    case 'debian':
      return /^\d{1,3}(?:\.\d{1,3})?/.exec(vendorFile)?.[0];
    case 'ubuntu':
      return /^(\d{2}\.\d{2}(?:\.\d{1,2})?(?: LTS)?)/.exec(version)?.[1];
    case 'sles':
      return /^\d{1,2}-SP\d{1,2}/.exec(version)?.[0];
    default:
      return undefined;
  }
}

/** `22.03 (LTS-SP3)` or `22.03-LTS-SP3` → `22.03-lts-sp3`; without LTS only when the text is nothing but the number. */
function openEuler(text: string): string | undefined {
  const [, number, pack] = /^(\d{2}\.\d{2})[ (-]{1,3}LTS(?:-(SP\d{1,2}))?/i.exec(text) ?? [];
  if (number !== undefined) return pack === undefined ? `${number}-lts` : `${number}-lts-${pack}`;
  return undefined;
}

/** `V10 (Lance)` or `release V10 (SP2) /(Sword)-x86_64` → `v10-sp2`. */
function kylin(text: string): string | undefined {
  const number = /\bV(\d{1,2})\b/i.exec(text)?.[1];
  if (number === undefined) return undefined;
  const pack = /\bSP\d{1,2}\b/i.exec(text)?.[0] ?? KYLIN_SERVICE_PACKS.get(/\(([A-Za-z]{2,20})\)/.exec(text)?.[1]?.toLowerCase() ?? '');
  return pack === undefined ? undefined : `v${number}-${pack}`;
}
