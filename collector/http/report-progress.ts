/** A job's progress as server-sent events. Read from the store, so that any collector can tell of a job that another one does. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../reports/report.ts';

const EVERY_MS = 500;
/** Below the time that a handler gets; browsers connect again by themselves. */
const LONGEST_MS = 45_000;
/** So that nothing in between takes the silence for an end. */
const COMMENT_EVERY = 30;

/** @param read throws when the report is gone: the stream ends */
export async function* progressEvents(read: () => Promise<Report>): AsyncGenerator<string> {
  const begin = performance.now();
  let told = '';
  yield 'retry: 1000\n\n';
  for (let turn = 0; performance.now() - begin < LONGEST_MS; turn += 1) {
    const { id, state, stage, progress, attempts, fault } = await read();
    const data = JSON.stringify({ id, state, stage, progress, attempts, fault });
    const isOver = state === 'done' || state === 'failed';
    if (data !== told) yield `event: ${isOver ? 'end' : 'progress'}\ndata: ${data}\n\n`;
    else if (turn % COMMENT_EVERY === 0) yield ': still here\n\n';
    told = data;
    if (isOver) return;
    await sleep(EVERY_MS);
  }
}
