import { toCount, toNumber } from '../../../host/parse.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';
import { countCores } from './cpu.ts';

/** The three averages of `/proc/loadavg`. @throws UnreadableError `malformed` */
export function parseLoad(text: string): { readonly load1: number; readonly load5: number; readonly load15: number } {
  const [load1, load5, load15] = text.slice(0, 200).trim().split(/\s+/).map(toNumber);
  if (load1 === undefined || load5 === undefined || load15 === undefined) throw new UnreadableError('malformed');
  return { load1, load5, load15 };
}

/** All threads of the machine: the number after the slash in `/proc/loadavg`. */
export function parseThreads(loadAverage: string): number | undefined {
  return toCount(/ \d{1,10}\/(\d{1,10}) /.exec(loadAverage)?.[1]);
}

export const load = hostGatherer({
  section: 'load',
  needs: [{ mount: '/proc' }],
  deadlineMs: 5_000,

  async gather(host) {
    const [average, stat] = await Promise.all([host.read('/proc/loadavg'), host.read('/proc/stat', { maxBytes: 1024 * 1024, cut: true })]);
    const counted = (key: string): number | undefined => toCount(new RegExp(`^${key} (\\d{1,10})$`, 'm').exec(stat)?.[1]);
    return { ...parseLoad(average), cores: countCores(stat), running: counted('procs_running'), blocked: counted('procs_blocked') };
  },
});
