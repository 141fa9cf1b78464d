/** Looks at an outbox without touching it, also beside a running agent. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeadLetter, deadLetters } from './dead-letters.ts';
import { Segment } from './segment.ts';
import { parseSegmentName } from './segment-file.ts';
import { Tally, type TallyValues } from './tally.ts';

export interface SegmentSurvey {
  readonly file: string;
  readonly bytes: number;
  /** Records that are not settled. */
  readonly waiting: number;
  /** Unix seconds of the oldest of them. */
  readonly oldestKeptAt?: number | undefined;
  /** `foreign`: of another version. `damaged`: without a head, or with records that are not what was written. */
  readonly state: 'whole' | 'damaged' | 'foreign';
  /** Only when the bodies were read: records, and stretches between them, that are damaged. */
  readonly damaged?: number | undefined;
}
export interface OutboxSurvey extends TallyValues {
  readonly segments: readonly SegmentSurvey[];
  /** Files of inspections that wait to be taken up. */
  readonly handedOver: number;
  readonly quarantined: readonly string[];
  readonly deadLetters: readonly DeadLetter[];
}

/** @param readBodies also compares every checksum */
export async function surveyOutbox(directory: string, readBodies: boolean): Promise<OutboxSurvey> {
  const names = (await readdir(directory)).filter((name) => parseSegmentName(name) !== undefined).sort();
  const segments: SegmentSurvey[] = [];
  for (const name of names) {
    const survey = await surveySegment(directory, name, readBodies).catch(() => undefined); // sent and removed meanwhile
    if (survey) segments.push(survey);
  }
  const tally = await Tally.open(directory, () => performance.now());
  return {
    ...tally.values,
    segments,
    handedOver: (await namesIn(join(directory, 'handover'))).filter((name) => name.endsWith('.json')).length,
    quarantined: await namesIn(join(directory, 'quarantine')),
    deadLetters: await deadLetters(join(directory, 'dead-letters')),
  };
}

async function surveySegment(directory: string, file: string, readBodies: boolean): Promise<SegmentSurvey | undefined> {
  const parsed = parseSegmentName(file);
  if (!parsed) return undefined;
  const segment = await Segment.read(directory, parsed.lane, parsed.number);
  if (segment === 'unused') return undefined;
  if (segment === 'damaged') return { file, bytes: 0, waiting: 0, state: 'damaged' };
  if (!(segment instanceof Segment)) return { file, bytes: segment.bytes, waiting: 0, state: 'foreign' };
  let waiting = 0;
  let damaged = 0;
  let oldestKeptAt: number | undefined;
  for await (const found of segment.unsettled()) {
    if ('damagedBytes' in found || (readBodies && !(await segment.body(found.offset, found.head)))) damaged += 1;
    else {
      waiting += 1;
      oldestKeptAt = Math.min(oldestKeptAt ?? found.head.keptAt, found.head.keptAt);
    }
  }
  return { file, bytes: segment.size, waiting, oldestKeptAt, state: damaged > 0 ? 'damaged' : 'whole', ...(readBodies && { damaged }) };
}

async function namesIn(directory: string): Promise<readonly string[]> {
  return await readdir(directory).catch(() => []);
}
