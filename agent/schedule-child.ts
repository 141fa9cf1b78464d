/** Process of one question: when a cron expression is due next. */
import { nextTimes } from './runtime/cron.ts';
import type { DueAnswer, DueRequest } from './runtime/due-times.ts';

/** For a daily inspection two weeks, for one an hour a day: enough that the process is rare, few enough that a changed zone's rules are heard of. */
const AT_ONCE = 16;

process.once('disconnect', () => process.exit(0)); // the agent is gone
process.once('message', (message) => {
  const { cron, timeZone } = message as DueRequest;
  const due = nextTimes(cron, timeZone, AT_ONCE);
  const answer: DueAnswer = due.length > 0 ? { due } : { error: 'never due' };
  process.send?.(answer);
});
