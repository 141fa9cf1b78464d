import type { Locale } from '../agent/wire/vocabulary.ts';

/** What the process gives to a command; tests give their own. */
export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly locale: Locale;
  readonly colour: boolean;
  readonly signal: AbortSignal;
  /** One line to standard output. */
  readonly print: (line: string) => void;
  /** One line to standard error. */
  readonly complain: (line: string) => void;
}
