/** Letting go what an agent keeps for approval: a file in its state directory, written by whoever sits at the site. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivate } from '../site/private-file.ts';
import { APPROVED } from './consent.ts';
import { surveyOutbox } from './survey.ts';

/** Whether an agent keeps its outbox below the folder. */
export async function isStateDirectory(stateDir: string): Promise<boolean> {
  return await stat(join(stateDir, 'outbox')).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

/**
 * What was kept until then may leave. Nobody approves what nobody can have seen: not what is kept later.
 * @param until Unix seconds, `now` at most
 * @returns how many payloads wait now
 * @throws RangeError for a time that has not passed
 */
export async function approveUntil(stateDir: string, until: number, now: number): Promise<number> {
  if (!Number.isSafeInteger(until) || until < 0 || until > now) throw new RangeError('a time that has passed');
  const { segments } = await surveyOutbox(join(stateDir, 'outbox'), false);
  await writePrivate(join(stateDir, APPROVED), `${until}\n`);
  return segments.reduce((sum, one) => sum + one.waiting, 0);
}
