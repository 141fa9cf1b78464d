/** Process that reads an agent's options, tells them, and ends. */
import { agentStart } from './agent-options.ts';
import type { StartAnswer, StartRequest } from './agent-options-process.ts';
import { UsageError } from './terminal/arguments.ts';

process.once('disconnect', () => process.exit(0)); // the agent is gone
process.once('message', (message) => {
  const { args, environment, locale } = message as StartRequest;
  const tell = (answer: StartAnswer): void => void process.send?.(answer);
  const context = { environment, locale, colour: false, signal: new AbortController().signal, print: () => undefined, complain: () => undefined };
  agentStart(args, context).then(
    (start) => tell({ start }),
    (error: unknown) => tell(error instanceof UsageError ? { usage: error.words } : faultOf(error)),
  );
});

function faultOf(error: unknown): StartAnswer {
  if (!(error instanceof Error)) return { error: typeof error };
  return { error: error.name, code: 'code' in error && typeof error.code === 'string' ? error.code : undefined };
}
