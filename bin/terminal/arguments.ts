/** Options of the commands that inspect. Parsing is strict: an option we do not know is a usage fault. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { NAME_KINDS, type NameKind } from '../../agent/wire/vocabulary.ts';

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const INSPECTION_OPTIONS = {
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  'no-host': { type: 'boolean' },
  'no-cluster': { type: 'boolean' },
  'host-root': { type: 'string' },
  config: { type: 'string' },
  suppressions: { type: 'string' },
  'clear-names': { type: 'string', multiple: true },
  'state-dir': { type: 'string' },
  lang: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** `parseArgs` with its complaints as {@link UsageError}. `--clear-names` also takes the words that follow it. */
export function parseOptions<const O extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: O,
): ReturnType<typeof parseArgs<{ options: O; allowPositionals: false; strict: true }>>['values'] {
  try {
    return parseArgs({ args: spread(args), options, allowPositionals: false, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : '');
  }
}

/** `--clear-names node pod` means the same as `--clear-names node --clear-names pod`. */
function spread(args: readonly string[]): string[] {
  const out: string[] = [];
  let collecting = false;
  for (const arg of args) {
    if (arg === '--clear-names') collecting = true;
    else if (arg.startsWith('-')) {
      collecting = false;
      out.push(arg);
    } else if (collecting) out.push('--clear-names', arg);
    else out.push(arg);
  }
  return out;
}

/** Kinds named on the command line, also separated by commas; `all` means every kind. */
export function parseKinds(words: readonly string[]): readonly NameKind[] {
  const named = words.flatMap((word) => word.split(',')).filter((word) => word !== '');
  if (named.includes('all')) return NAME_KINDS;
  const strange = named.find((word) => !NAME_KINDS.some((kind) => kind === word));
  if (strange !== undefined) throw new UsageError(`--clear-names: ${strange} ∉ {${NAME_KINDS.join(', ')}, all}`);
  return NAME_KINDS.filter((kind) => named.includes(kind));
}
