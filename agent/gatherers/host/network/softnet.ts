import { perSecond, sampleOnceOrTwice } from '../../../host/rate.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';

/** Sums over processors of `/proc/net/softnet_stat`, whose first columns are processed, dropped and squeezed, hexadecimal. */
export function parseSoftnet(text: string): { readonly cpus: number; readonly processed: number; readonly dropped: number; readonly squeezed: number } {
  let [cpus, processed, dropped, squeezed] = [0, 0, 0, 0];
  for (const line of text.split('\n', 8_200)) {
    const match = /^([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{8}) /.exec(line);
    if (match === null) continue;
    cpus += 1;
    processed += Number.parseInt(match[1] ?? '', 16);
    dropped += Number.parseInt(match[2] ?? '', 16);
    squeezed += Number.parseInt(match[3] ?? '', 16);
  }
  return { cpus, processed, dropped, squeezed };
}

export const softnet = hostGatherer({
  section: 'softnet',
  needs: [{ mount: '/proc' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    const read = await sampleOnceOrTwice(host, signal, async (at) => await at.readIfThere(await at.netFile('softnet_stat'), { maxBytes: 2 * 1024 * 1024, cut: true }));
    if (read.first === undefined) throw new UnreadableError('not-visible');
    const first = parseSoftnet(read.first);
    if (first.cpus === 0) throw new UnreadableError('malformed');
    if (read.second === undefined || read.seconds <= 0) return { cpus: first.cpus };
    const second = parseSoftnet(read.second);
    const rate = (counter: 'processed' | 'dropped' | 'squeezed'): number => perSecond(first[counter], second[counter], read.seconds);
    return { cpus: first.cpus, processedPerSecond: rate('processed'), droppedPerSecond: rate('dropped'), squeezedPerSecond: rate('squeezed') };
  },
});
