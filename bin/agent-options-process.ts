/**
 * Reads an agent's options in a process that ends: what parses them (zod, YAML, cron, time zones) would stay in the memory of
 * every node, some 18 MiB where the site has files of its own and 8 MiB where it has none.
 */
import { ask } from '../agent/runtime/asked-process.ts';
import type { Locale, Text } from '../agent/wire/vocabulary.ts';
import type { AgentStart } from './agent-options.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './terminal/arguments.ts';

export interface StartRequest {
  readonly args: readonly string[];
  readonly environment: CommandContext['environment'];
  readonly locale: Locale;
}
/** Options; what the user gave wrong; or the kind of an unexpected error, without its message. */
export type StartAnswer = { readonly start: AgentStart } | { readonly usage: Text } | { readonly error: string; readonly code?: string | undefined };

/** @returns `undefined` when stopped meanwhile. @throws UsageError */
export async function startOf(args: readonly string[], { environment, locale, signal }: CommandContext): Promise<AgentStart | undefined> {
  const script = new URL(import.meta.url.endsWith('.ts') ? './agent-options-child.ts' : './agent-options-child.js', import.meta.url);
  const request: StartRequest = { args, environment, locale };
  const answer = await ask<StartAnswer>(script, request, { signal, stderr: 'inherit' });
  if (answer === undefined || signal.aborted) return undefined; // a signal to the whole group ends the child, too
  if ('start' in answer) return answer.start;
  if ('usage' in answer) throw new UsageError(answer.usage);
  throw Object.assign(new Error('options'), { name: answer.error, code: answer.code });
}
