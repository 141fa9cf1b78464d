import { countEntries, factsOf } from '../../../host/facts.ts';
import type { Host } from '../../../host/host.ts';
import { parseKeyed, share, toCount, toNumber } from '../../../host/parse.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { COMPONENTS } from '../../../wire/sections/host/kubernetes.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';
import { findProcesses, type Process } from './processes.ts';

type Row = Sections['componentLimits']['processes'][number];

/** More open files than any limit that is worth reporting. */
const MAX_FD_ENTRIES = 2_000_000;
/** Rows of one component: an nginx has a worker per core, and their extremes tell all. */
const ROWS_OF_EACH = 3;

/** Soft and hard limit of a line of `/proc/<pid>/limits`; `unlimited` is the largest number that travels. */
export function parseLimit(limits: string, title: 'Max open files' | 'Max processes'): { soft?: number | undefined; hard?: number | undefined } {
  const [, soft, hard] = new RegExp(`^${title} {1,60}(\\d{1,20}|unlimited) {1,60}(\\d{1,20}|unlimited)`, 'm').exec(limits) ?? [];
  const value = (text: string | undefined): number | undefined => (text === 'unlimited' ? Number.MAX_SAFE_INTEGER : toCount(text));
  return { soft: value(soft), hard: value(hard) };
}

/** The rows of a component that are worst in any respect; what is left out is milder in all of them. */
export function extremes(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= ROWS_OF_EACH) return rows;
  const worst = (measure: (row: Row) => number): Row | undefined => [...rows].sort((a, b) => measure(b) - measure(a))[0];
  const picked = [
    worst((row) => row.openFilesPercent ?? -1),
    worst((row) => -(row.nofileSoft ?? Number.MAX_SAFE_INTEGER)),
    worst((row) => row.oomScoreAdj ?? -1_001),
    worst((row) => row.rssBytes ?? -1),
  ];
  return [...new Set(picked.filter((row) => row !== undefined))];
}

export const componentLimits = hostGatherer({
  section: 'componentLimits',
  needs: [{ mount: '/proc' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    const processes = await findProcesses(host, COMPONENTS, signal);
    if (processes === undefined) throw new UnreadableError('not-visible');
    if (processes.found.length === 0) throw new AbsentError('not-present');
    const rows: Row[] = [];
    for (const process of processes.found) {
      signal.throwIfAborted();
      rows.push(await readRow(host, process, signal));
    }
    const kept = COMPONENTS.flatMap((component) => extremes(rows.filter((row) => row.component === component)));
    return { total: processes.found.length + processes.more, dropped: processes.more, processes: kept };
  },
});

async function readRow(host: Host, { pid, component, startedAt }: Process, signal: AbortSignal): Promise<Row> {
  const read = (file: string): Promise<string> => host.read(`/proc/${pid}/${file}`, { maxBytes: 16_384, cut: true }).catch(() => ''); // ended meanwhile, or not ours to read
  const [limits, status, oom] = [await read('limits'), await read('status'), await read('oom_score_adj')];
  const nofile = parseLimit(limits, 'Max open files');
  const openFiles = await countOpenFiles(host, pid, signal).catch(() => undefined);
  const rssKib = parseKeyed(status).get('VmRSS');
  return {
    component,
    nofileSoft: nofile.soft,
    nofileHard: nofile.hard,
    nprocSoft: parseLimit(limits, 'Max processes').soft,
    openFiles,
    openFilesPercent: openFiles === undefined || !nofile.soft ? undefined : share(openFiles, nofile.soft),
    oomScoreAdj: toNumber(oom),
    rssBytes: rssKib === undefined ? undefined : rssKib * 1024,
    startedAt,
  };
}

/** Kernels from 6.2 on give the number as the size of the folder; older ones have to list it. */
async function countOpenFiles(host: Host, pid: string, signal: AbortSignal): Promise<number | undefined> {
  const folder = `/proc/${pid}/fd`;
  const facts = await factsOf(host, folder);
  if (facts?.kind !== 'directory') return undefined;
  return host.running && facts.size > 0 ? facts.size : await countEntries(host, folder, MAX_FD_ENTRIES, signal);
}
