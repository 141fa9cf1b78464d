import { runCommand } from '../../../host/command.ts';
import type { Host } from '../../../host/host.ts';
import { askTime, type TimeAnswer, type TimeServer } from '../../../host/sntp.ts';
import type { TimeService } from '../../../wire/sections/host/services-time.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';
import { runningOf } from './processes.ts';
import { addSources, parseChrony, parseChronyIncludes, parseNtp, parseTimesyncd, type TimeSources } from './time-sources.ts';

const CONFIGURATIONS: Readonly<Record<TimeService, readonly string[]>> = {
  chrony: ['/etc/chrony.conf', '/etc/chrony/chrony.conf'],
  ntpsec: ['/etc/ntpsec/ntp.conf'],
  openntpd: ['/etc/openntpd/ntpd.conf', '/etc/ntpd.conf'],
  ntpd: ['/etc/ntp.conf'],
  timesyncd: ['/etc/systemd/timesyncd.conf'],
  ptp4l: ['/etc/ptp4l.conf', '/etc/linuxptp/ptp4l.conf'],
};
const PROCESSES = new Set(['chronyd', 'ntpd', 'systemd-timesyn', 'ptp4l']);
/** Exists only while the service runs (its runtime directory). */
const RUNTIME: readonly (readonly [TimeService, string])[] = [
  ['chrony', '/run/chrony/chronyd.pid'],
  ['chrony', '/run/chronyd.pid'],
  ['timesyncd', '/run/systemd/timesync'],
  ['ntpd', '/run/ntpd.pid'],
];
const MOST_ASKED = 2;
const ASK_TIMEOUT_MS = 1_500;
const MAX_CONFIG_BYTES = 256 * 1024;

export const timeSync = hostGatherer({
  section: 'timeSync',
  needs: [{ mount: '/proc' }, { mount: '/etc' }, { mount: '/run' }, { mount: '/usr/lib/systemd' }, { network: 'ntp' }, { command: '/usr/bin/timedatectl' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    const configured: TimeService[] = [];
    for (const [service, paths] of Object.entries(CONFIGURATIONS) as [TimeService, readonly string[]][]) {
      if ((await Promise.all(paths.map((path) => host.exists(path)))).includes(true)) configured.push(service);
    }
    const running = await runningServices(host, configured, signal);
    const service = running[0] ?? 'none';
    const sources = service === 'none' ? undefined : await sourcesOf(host, service);
    const asked = host.running && sources ? sources.askable.slice(0, MOST_ASKED) : [];
    const answers = await askAll(asked, { signal, now: host.now });
    const synchronised = await isSynchronised(host, running, signal);
    return {
      service,
      running,
      configured,
      synchronised,
      ...(sources && { sources: sources.servers, pools: sources.pools, referenceClocks: sources.referenceClocks }),
      sourcesAsked: asked.length,
      ...summarise(answers),
    };
  },
});

/** Asks side by side; who does not answer validly in time is left out. */
export async function askAll(
  servers: readonly TimeServer[],
  { signal, now, timeoutMs = ASK_TIMEOUT_MS }: { signal: AbortSignal; now: () => number; timeoutMs?: number },
): Promise<readonly TimeAnswer[]> {
  const answers = await Promise.all(servers.map((server) => askTime(server, { timeoutMs, signal, now })));
  return answers.filter((answer) => answer !== undefined);
}

/** The answer with the shortest round trip is the most exact one. */
export function summarise(answers: readonly TimeAnswer[]): { sourcesAnswered: number; offsetMs?: number; roundTripMs?: number; stratum?: number; disagreementMs?: number } {
  const sorted = [...answers].sort((a, b) => a.roundTripMs - b.roundTripMs);
  const best = sorted[0];
  if (!best) return { sourcesAnswered: 0 };
  const offsets = answers.map(({ offsetMs }) => offsetMs);
  return { sourcesAnswered: answers.length, ...best, ...(answers.length > 1 && { disagreementMs: Math.max(...offsets) - Math.min(...offsets) }) };
}

/** @throws UnreadableError `not-visible` when nothing is seen to run, and `/run` is not there to say so too: a mounted `/proc` may show part of a host; or when neither processes nor runtime files of the host can be seen */
async function runningServices(host: Host, configured: readonly TimeService[], signal: AbortSignal): Promise<readonly TimeService[]> {
  const found = new Set<TimeService>();
  const processes = await runningOf(host, PROCESSES, signal);
  if (processes?.has('chronyd')) found.add('chrony');
  if (processes?.has('ntpd')) found.add(configured.find((service) => service === 'ntpsec' || service === 'openntpd') ?? 'ntpd');
  if (processes?.has('systemd-timesyn')) found.add('timesyncd');
  if (processes?.has('ptp4l')) found.add('ptp4l');
  if (!processes) {
    for (const [service, path] of RUNTIME) if (await host.exists(path)) found.add(service);
    if (found.size === 0) throw new UnreadableError('not-visible');
  }
  if (found.size === 0 && !(await host.exists('/run'))) throw new UnreadableError('not-visible');
  return [...found];
}

/** `undefined` where the service's sources are not in a file (compiled in, or a PTP domain). */
async function sourcesOf(host: Host, service: TimeService): Promise<TimeSources | undefined> {
  const options = { maxBytes: MAX_CONFIG_BYTES, cut: true };
  if (service === 'ptp4l') return undefined;
  if (service === 'timesyncd') {
    const texts = await Promise.all(
      ['/usr/lib/systemd/timesyncd.conf.d', '/etc/systemd/timesyncd.conf.d', '/run/systemd/timesyncd.conf.d'].map((folder) => readFolder(host, folder, '.conf')),
    );
    const main = (await host.readIfThere('/etc/systemd/timesyncd.conf', options)) ?? '';
    const fromNetwork = (await host.readIfThere('/run/systemd/netif/state', options).catch(() => undefined)) ?? '';
    return parseTimesyncd([main, ...texts.flat(), fromNetwork]);
  }
  for (const path of CONFIGURATIONS[service]) {
    const text = await host.readIfThere(path, options);
    if (text === undefined) continue;
    if (service !== 'chrony') return parseNtp(text);
    const { files, folders } = parseChronyIncludes(text);
    const included = await Promise.all(files.map((file) => host.readIfThere(file, options).catch(() => undefined)));
    const inFolders = await Promise.all(folders.map(({ path: folder, ending }) => readFolder(host, folder, ending)));
    return addSources([text, ...included.filter((one) => one !== undefined), ...inFolders.flat()].map(parseChrony));
  }
  return undefined;
}

async function readFolder(host: Host, folder: string, ending: string): Promise<readonly string[]> {
  const { names } = await host.list(folder).catch(() => ({ names: [] }));
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith(ending))
      .sort()
      .slice(0, 50)
      .map((name) => host.readIfThere(`${folder}/${name}`, { maxBytes: MAX_CONFIG_BYTES, cut: true }).catch(() => undefined)),
  );
  return texts.filter((text) => text !== undefined);
}

/** The kernel's own word is behind `adjtimex`, which no file shows: timesyncd's mark, else what timedated says. */
async function isSynchronised(host: Host, running: readonly TimeService[], signal: AbortSignal): Promise<boolean | undefined> {
  if (running.includes('timesyncd') && (await host.exists('/run/systemd/timesync/synchronized'))) return true;
  if (!host.live || !(await host.exists('/run/systemd/system'))) return undefined;
  const told = await runCommand(host, '/usr/bin/timedatectl', ['status'], { timeoutMs: 3_000, signal }).catch(() => '');
  return parseTimedatectl(told);
}

/** "System clock synchronized: yes", before systemd 239 "NTP synchronized: yes". */
export function parseTimedatectl(text: string): boolean | undefined {
  const word = /^\s*(?:System clock|NTP) synchronized:\s*(yes|no)\s*$/m.exec(text.slice(0, 10_000))?.[1];
  return word === undefined ? undefined : word === 'yes';
}
