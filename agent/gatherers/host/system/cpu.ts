import { share } from '../../../host/parse.ts';
import { sampleOnceOrTwice } from '../../../host/rate.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';

/** Jiffies by state, from the first line of `/proc/stat`; `guest` is part of `user` and not added again. */
export interface CpuTimes {
  readonly user: number;
  readonly system: number;
  readonly idle: number;
  readonly iowait: number;
  readonly steal: number;
}

/** @throws UnreadableError `malformed` when the text has no `cpu` line */
export function parseCpuTimes(procStat: string): CpuTimes {
  const line = /^cpu\s+([\d ]{1,400})/m.exec(procStat)?.[1];
  if (line === undefined) throw new UnreadableError('malformed');
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line.trim().split(/ +/).map(Number);
  return { user: user + nice, system: system + irq + softirq, idle, iowait, steal };
}

/** Processors that have a line of their own. */
export function countCores(procStat: string): number {
  return procStat.match(/^cpu\d{1,5} /gm)?.length ?? 0;
}

/** Shares of the time between two readings; `undefined` when no time passed. */
export function cpuShares(first: CpuTimes, second: CpuTimes): Readonly<Record<keyof CpuTimes, number>> | undefined {
  const delta = (state: keyof CpuTimes): number => Math.max(0, second[state] - first[state]);
  const total = delta('user') + delta('system') + delta('idle') + delta('iowait') + delta('steal');
  if (total === 0) return undefined;
  return {
    user: share(delta('user'), total),
    system: share(delta('system'), total),
    idle: share(delta('idle'), total),
    iowait: share(delta('iowait'), total),
    steal: share(delta('steal'), total),
  };
}

export const cpu = hostGatherer({
  section: 'cpu',
  needs: [{ mount: '/proc' }],
  deadlineMs: 15_000,

  async gather(host, signal) {
    const { first, second, seconds } = await sampleOnceOrTwice(host, signal, (at) => at.read('/proc/stat', { maxBytes: 256 * 1024, cut: true }));
    const shares = second === undefined ? undefined : cpuShares(parseCpuTimes(first), parseCpuTimes(second));
    return {
      cores: countCores(first),
      ...(shares && {
        userPercent: shares.user,
        systemPercent: shares.system,
        iowaitPercent: shares.iowait,
        stealPercent: shares.steal,
        busyPercent: Math.max(0, 100 - shares.idle - shares.iowait),
        sampleSeconds: seconds,
      }),
    };
  },
});
