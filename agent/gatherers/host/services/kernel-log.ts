import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Host } from '../../../host/host.ts';
import { isMissing } from '../../../host/host.ts';
import { MAX_MESSAGE, readKernelRing } from '../../../host/kernel-log.ts';
import { toCount } from '../../../host/parse.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';
import { DAY_SECONDS, KernelCounts } from './kernel-counts.ts';
import { parseSyslogLine, zoneOf } from './syslog.ts';

type KernelLog = Sections['kernelLog'];
const FILES = [
  ['kern.log', '/var/log/kern.log'],
  ['messages', '/var/log/messages'],
  ['syslog', '/var/log/syslog'],
] as const;
const LINES_A_TURN = 2_000;
const TAIL_BYTES = 4 * 1024 * 1024;

export const kernelLog = hostGatherer({
  section: 'kernelLog',
  needs: [{ mount: '/proc' }, { mount: '/dev/kmsg', optional: true }, { mount: '/var/log' }],
  deadlineMs: 30_000,

  async gather(host, signal) {
    const now = Math.floor(host.now() / 1_000);
    const bootAt = toCount(/^btime (\d{1,12})$/m.exec(await host.read('/proc/stat', { maxBytes: 1024 * 1024, cut: true }))?.[1]);
    const ring = await readRing(host, { now, bootAt, signal }).catch((error: unknown) => (error instanceof Error ? error : new UnreadableError('failed')));
    if (!(ring instanceof Error) && ring.dropped === 0) return ring;
    const file = await readFiles(host, { now, bootAt, signal });
    if (ring instanceof Error) {
      if (!file) throw isMissing(ring) ? new UnreadableError('not-visible') : ring;
      return file;
    }
    // Neither may hold the whole day: take what reaches back further.
    return file && (file.oldestAt ?? now) < (ring.oldestAt ?? now) ? file : ring;
  },
});

interface Moment {
  /** Unix seconds. */
  readonly now: number;
  readonly bootAt: number | undefined;
  readonly signal: AbortSignal;
}

async function readRing(host: Host, { now, bootAt, signal }: Moment): Promise<KernelLog> {
  if (bootAt === undefined) throw new UnreadableError('malformed'); // records count from boot: without it none has a time
  const counts = new KernelCounts(now);
  let first: number | undefined;
  for await (const { sequence, microseconds, fromKernel, message } of readKernelRing(host, signal)) {
    first ??= sequence;
    if (fromKernel) counts.add(message, bootAt + Math.floor(microseconds / 1_000_000));
  }
  if (first === undefined) throw new UnreadableError('not-visible'); // an empty buffer is a reader without rights, never a quiet kernel
  const whole = first === 0 || counts.coversDay;
  return { source: 'ring-buffer', lines: counts.lines, bootAt, oldestAt: counts.oldestAt, events: counts.events(), dropped: whole ? 0 : first };
}

/** The first syslog file that holds kernel lines; the rotated one before it too when the current one is younger than a day. */
async function readFiles(host: Host, moment: Moment): Promise<KernelLog | undefined> {
  const { now, bootAt, signal } = moment;
  for (const [source, path] of FILES) {
    const counts = new KernelCounts(now);
    const reach = await addFile(host, path, counts, moment);
    if (reach === undefined || signal.aborted) continue;
    let covers = reach <= now - DAY_SECONDS;
    const rotated = covers ? undefined : await previousOf(host, path, now);
    if (rotated !== undefined) covers = ((await addFile(host, rotated, counts, moment)) ?? now) <= now - DAY_SECONDS;
    if (counts.lines === 0) continue;
    return { source, lines: counts.lines, bootAt, oldestAt: counts.oldestAt, events: counts.events(), dropped: covers ? 0 : 1 };
  }
  return undefined;
}

/** Counts the kernel lines of one file's end; the time of its first line of any program, `undefined` when there is no such file. */
async function addFile(host: Host, path: string, counts: KernelCounts, { now, signal }: Moment): Promise<number | undefined> {
  const text = await host.readTail(path, TAIL_BYTES).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const zone = zoneOf(text, (await host.modifiedAt(path)) ?? now);
  let first: number | undefined;
  let last: number | undefined;
  let lines = 0;
  for (const line of eachLine(text)) {
    lines += 1;
    if (lines % LINES_A_TURN === 0) await nextTurn(); // others may run between
    if (signal.aborted) throw new UnreadableError('timeout');
    const { at, message, times } = parseSyslogLine(line, now, zone);
    first ??= at;
    last = at ?? last;
    if (message !== undefined) counts.add(message, last, times);
  }
  return first ?? now;
}

/** Lines, each cut; without making an array of all of them. */
function* eachLine(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (end > start) yield text.slice(start, Math.min(end, start + MAX_MESSAGE + 300));
    start = end + 1;
  }
}

/** `messages.1`, or the newest `messages-YYYYMMDD`; compressed ones are left. */
async function previousOf(host: Host, path: string, now: number): Promise<string | undefined> {
  if (await host.exists(`${path}.1`)) return `${path}.1`;
  const folder = path.slice(0, path.lastIndexOf('/'));
  const stem = `${path.slice(folder.length + 1)}-`;
  const { names } = await host.list(folder);
  const dated = names
    .filter((name) => name.startsWith(stem) && /^\d{8}$/.test(name.slice(stem.length)))
    .sort()
    .at(-1);
  if (dated === undefined) return undefined;
  const modifiedAt = await host.modifiedAt(`${folder}/${dated}`);
  return modifiedAt !== undefined && modifiedAt > now - 8 * DAY_SECONDS ? `${folder}/${dated}` : undefined;
}
