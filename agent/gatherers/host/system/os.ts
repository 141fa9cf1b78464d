import type { Host } from '../../../host/host.ts';
import { parseAssignments, toCount, toNumber } from '../../../host/parse.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { CLOCK_SOURCES, TAINTS, TIME_ZONES } from '../../../wire/sections/host/system-os.ts';
import { toVersion } from '../../../wire/version.ts';
import { hostGatherer } from '../../gatherer.ts';
import { compareKernels, newestKernel } from './kernels.ts';
import { parseHostName } from './machine.ts';
import { parseDistribution, parseRelease, RELEASE_FILES } from './release.ts';

type Os = Sections['os'];

const PACKAGE_DATABASES = [
  '/var/lib/rpm/rpmdb.sqlite',
  '/var/lib/rpm/Packages',
  '/var/lib/rpm/Packages.db',
  '/usr/lib/sysimage/rpm/rpmdb.sqlite',
  '/usr/lib/sysimage/rpm/Packages.db',
  '/var/lib/dpkg/status',
  '/lib/apk/db/installed',
] as const;
/** Debian's update-notifier, and SUSE's libzypp. */
const REBOOT_FLAGS = ['/run/reboot-required', '/var/run/reboot-required', '/run/reboot-needed'] as const;
const ZONE_INFO = '/zoneinfo/';
const UNSEEN = { names: [] } as const;

/** The member in brackets of a sysfs choice: `always [madvise] never`. */
export function parseChoice(text: string | undefined): string | undefined {
  return /\[([a-z+]{1,20})\]/.exec(text ?? '')?.[1];
}

/** Bits of `/proc/sys/kernel/tainted` as words; `undefined` when it is no number. */
export function parseTaints(text: string | undefined): Os['taints'] {
  const bits = toCount(text);
  return bits === undefined ? undefined : TAINTS.filter((_taint, bit) => Math.floor(bits / 2 ** bit) % 2 === 1);
}

/** A zone as ICU spells it, `other` when it does not know it. @param foreign e.g. `Asia/Shanghai`, `PRC`, `posix/Asia/Shanghai` */
export function parseTimeZone(foreign: string): string {
  const zone = foreign.trim().replace(/^(posix|right)\//, '');
  if (TIME_ZONES.includes(zone)) return zone;
  if (!/^[A-Za-z0-9_+/-]{1,64}$/.test(zone)) return 'other';
  try {
    const resolved = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
    return TIME_ZONES.includes(resolved) ? resolved : 'other';
  } catch {
    return 'other';
  }
}

/** Seconds since boot from `/proc/uptime`. */
export function parseUptime(text: string | undefined): number | undefined {
  const seconds = toNumber(/^\s*([\d.]{1,30})/.exec(text ?? '')?.[1]);
  return seconds === undefined ? undefined : Math.floor(seconds);
}

async function timeZoneOf(host: Host): Promise<string | undefined> {
  const link = await host.linkTarget('/etc/localtime');
  if (link?.includes(ZONE_INFO)) return parseTimeZone(link.slice(link.indexOf(ZONE_INFO) + ZONE_INFO.length));
  const named = (await host.readIfThere('/etc/timezone'))?.split('\n', 1)[0];
  if (named) return parseTimeZone(named);
  const clock = parseAssignments((await host.readIfThere('/etc/sysconfig/clock')) ?? '').get('ZONE');
  return clock === undefined ? undefined : parseTimeZone(clock);
}

async function cgroupOf(host: Host): Promise<Os['cgroup']> {
  if (await host.exists('/sys/fs/cgroup/cgroup.controllers')) return 'v2';
  if (await host.exists('/sys/fs/cgroup/unified/cgroup.controllers')) return 'hybrid';
  return (await host.exists('/sys/fs/cgroup/memory')) || (await host.exists('/sys/fs/cgroup/cpu')) ? 'v1' : undefined;
}

async function kernelsOf(host: Host): Promise<Partial<Os>> {
  const running = (await host.sysctl('kernel.osrelease'))?.trim();
  if (!running) return {};
  // Hardened systems let only root look into /boot; the running kernel is still worth telling.
  const [boot, trees] = await Promise.all([host.list('/boot').catch(() => UNSEEN), host.list('/lib/modules').catch(() => UNSEEN)]);
  const newest = newestKernel(running, boot.names, trees.names);
  return { kernel: toVersion(running), ...(newest !== undefined && { newestKernel: toVersion(newest), newerKernelInstalled: compareKernels(newest, running) > 0 }) };
}

async function releaseOf(host: Host): Promise<Pick<Os, 'distribution' | 'versionId' | 'release'>> {
  const osRelease = parseAssignments((await host.readFirst(['/etc/os-release', '/usr/lib/os-release'])) ?? '');
  const vendorFile = RELEASE_FILES[parseDistribution(osRelease)];
  return parseRelease(osRelease, vendorFile === undefined ? undefined : await host.readIfThere(vendorFile));
}

async function packagesChangedAt(host: Host): Promise<number | undefined> {
  const times = await Promise.all(PACKAGE_DATABASES.map((path) => host.modifiedAt(path)));
  return times.reduce((newest, time) => (time !== undefined && (newest === undefined || time > newest) ? time : newest), undefined);
}

/** Only Debian and SUSE raise a flag; elsewhere its absence says nothing. */
async function rebootRequired(host: Host, distribution: Os['distribution']): Promise<boolean | undefined> {
  const flags = await Promise.all(REBOOT_FLAGS.map((path) => host.exists(path)));
  if (flags.includes(true)) return true;
  return ['debian', 'ubuntu', 'deepin', 'sles', 'opensuse'].includes(distribution) && (await host.exists('/run')) ? false : undefined;
}

/** The running name is that of the reader's UTS namespace, so it is compared only where that is the host's. */
async function hostNameConsistent(host: Host): Promise<boolean | undefined> {
  if (host.running && !host.live) return undefined;
  const [running, configured] = await Promise.all([host.sysctl('kernel.hostname'), host.readIfThere('/etc/hostname')]);
  const names = [parseHostName(running), parseHostName(configured)].map((name) => name?.split('.', 1)[0]);
  return names[0] === undefined || names[1] === undefined ? undefined : names[0] === names[1];
}

async function timesOf(host: Host): Promise<{ readonly uptime?: string | undefined; readonly stat?: string | undefined }> {
  const [uptime, stat] = await Promise.all([host.readIfThere('/proc/uptime'), host.readIfThere('/proc/stat', { maxBytes: 256 * 1024, cut: true })]);
  return { uptime, stat };
}

export const os = hostGatherer({
  section: 'os',
  needs: [
    { mount: '/proc' },
    { mount: '/sys' },
    { mount: '/etc/os-release' },
    { mount: '/etc', optional: true },
    { mount: '/boot', optional: true },
    { mount: '/lib/modules', optional: true },
    { mount: '/usr/lib', optional: true },
    { mount: '/var/lib', optional: true },
    { mount: '/run', optional: true },
  ],
  deadlineMs: 10_000,

  async gather(host) {
    const [release, kernels, thp, { uptime, stat }, clock, tainted, kernel] = await Promise.all([
      releaseOf(host),
      kernelsOf(host),
      host.readSmall('/sys/kernel/mm/transparent_hugepage', ['enabled', 'defrag']),
      timesOf(host),
      host.readSmall('/sys/devices/system/clocksource/clocksource0', ['current_clocksource']),
      host.sysctl('kernel.tainted'),
      host.readSmall('/sys/kernel', ['kexec_crash_loaded']),
    ]);
    const source = clock.current_clocksource?.trim();
    const crash = kernel.kexec_crash_loaded;
    const { distribution } = release;
    const uptimeSeconds = parseUptime(uptime);
    return {
      ...release,
      ...kernels,
      uptimeSeconds,
      packagesChangedAt: await packagesChangedAt(host),
      rebootRequired: await rebootRequired(host, distribution),
      cgroup: await cgroupOf(host),
      transparentHugePages: parseChoice(thp.enabled) as Os['transparentHugePages'], // held against the registry by conform
      transparentHugePagesDefrag: parseChoice(thp.defrag) as Os['transparentHugePagesDefrag'], // as above
      bootedAt: toCount(/^btime (\d{1,12})$/m.exec(stat ?? '')?.[1]) ?? (uptimeSeconds === undefined || !host.running ? undefined : Math.floor(host.now() / 1_000) - uptimeSeconds),
      timeZone: await timeZoneOf(host),
      hostNameConsistent: await hostNameConsistent(host),
      clockSource: source ? (CLOCK_SOURCES.find((known) => known === source || source.startsWith(`${known}_`)) ?? 'other') : undefined,
      taints: parseTaints(tainted),
      crashKernelLoaded: crash === undefined ? undefined : crash.trim() === '1',
    };
  },
});
