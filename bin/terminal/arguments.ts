/** Options of the commands that inspect. Parsing is strict: an option we do not know is a usage fault. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { NAME_KINDS, type NameKind, type Text } from '../../agent/wire/vocabulary.ts';

/** Something is wrong with what the user gave. Words that need no language may be a plain string. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly words: Text;
  constructor(words: string | Text) {
    const text = typeof words === 'string' ? { zh: words, en: words } : words;
    super(text.en);
    this.words = text;
  }
}

/** A word that is none of those known. */
export function notOneOf(option: string, given: string, known: readonly string[]): UsageError {
  const word = JSON.stringify(given.slice(0, 40));
  return new UsageError({ zh: `${option}：没有 ${word}，可用：${known.join('、')}`, en: `${option}: no such value ${word}; one of ${known.join(', ')}` });
}

export const INSPECTION_OPTIONS = {
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  role: { type: 'string' },
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
    throw new UsageError(complaintOf(error));
  }
}

/** Node words its complaints in English only; the option that it names is quoted from there. */
function complaintOf(error: unknown): Text {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const message = error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : '';
  const quoted = /'([^']{1,200})'/.exec(message)?.[1] ?? '';
  const option = /--[\w-]+/.exec(quoted)?.[0] ?? quoted;
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return { zh: `没有选项：${option}`, en: `no such option: ${option}` };
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return message.includes('does not take')
        ? { zh: `选项 ${option} 不带值`, en: `option ${option} takes no value` }
        : { zh: `选项 ${option} 缺少值`, en: `option ${option} needs a value` };
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return { zh: `多余的参数：${quoted}`, en: `unexpected argument: ${quoted}` };
    default:
      return { zh: message, en: message };
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
  if (strange !== undefined) throw notOneOf('--clear-names', strange, [...NAME_KINDS, 'all']);
  return NAME_KINDS.filter((kind) => named.includes(kind));
}
