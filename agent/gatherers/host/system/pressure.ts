import type { Host } from '../../../host/host.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { AbsentError, hostGatherer } from '../../gatherer.ts';

type Pressure = Sections['pressure'];
const RESOURCES = ['cpu', 'memory', 'io'] as const;
type Averages = Partial<Record<`${'Some' | 'Full'}${10 | 60 | 300}Percent`, number>>;

/** Averages of one file: `some avg10=0.00 avg60=0.00 avg300=0.00 total=0` and a `full` line, which `cpu` lacks before Linux 5.13. */
export function parsePressure(text: string): Averages {
  const out: Averages = {};
  for (const [word, line] of [
    ['some', 'Some'],
    ['full', 'Full'],
  ] as const) {
    const [, ten, sixty, threeHundred] = new RegExp(`^${word} avg10=(\\d{1,3}\\.\\d{1,4}) avg60=(\\d{1,3}\\.\\d{1,4}) avg300=(\\d{1,3}\\.\\d{1,4})`, 'm').exec(text) ?? [];
    if (ten === undefined) continue;
    out[`${line}10Percent`] = Math.min(100, Number(ten));
    out[`${line}60Percent`] = Math.min(100, Number(sixty));
    out[`${line}300Percent`] = Math.min(100, Number(threeHundred));
  }
  return out;
}

/** A kernel that can but was started without `psi=1` shows the files and refuses to read them. */
async function readPressure(host: Host, resource: string): Promise<string | undefined> {
  try {
    return await host.readIfThere(`/proc/pressure/${resource}`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EOPNOTSUPP') throw new AbsentError('not-in-use');
    throw error;
  }
}

export const pressure = hostGatherer({
  section: 'pressure',
  needs: [{ mount: '/proc' }],
  deadlineMs: 5_000,

  async gather(host) {
    const texts = await Promise.all(RESOURCES.map((resource) => readPressure(host, resource)));
    if (texts.every((text) => text === undefined)) throw new AbsentError('not-present');
    const all = RESOURCES.flatMap((resource, index) => Object.entries(parsePressure(texts[index] ?? '')).map(([key, value]) => [`${resource}${key}`, value] as const));
    return Object.fromEntries(all) as Pressure; // keys of the registry, built from the same parts
  },
});
