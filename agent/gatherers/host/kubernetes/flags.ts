/** Command-line flags of Go programs, from wherever they are written. Values stay in the gatherer; only chosen facts leave it. */
import { toSeconds } from './quantity.ts';

/** Values by flag name, without dashes; a flag without value is `true`. The last of several wins, as in the programs. */
export type Flags = ReadonlyMap<string, string>;

const MAX_ARGUMENTS = 1_000;
const NAME = /^--?([a-z][a-z0-9._-]{0,80})(?:=([\s\S]*))?$/i;

/** Flags among arguments: `--a=b`, `--a b`, `-a=b`, `--a`. */
export function parseArguments(words: readonly string[]): Flags {
  const flags = new Map<string, string>();
  const cut = words.slice(0, MAX_ARGUMENTS);
  for (const [index, word] of cut.entries()) {
    const match = NAME.exec(word);
    if (match?.[1] === undefined) continue;
    const next = cut[index + 1];
    flags.set(match[1].replaceAll('_', '-'), match[2] ?? (next === undefined || next.startsWith('-') ? 'true' : next));
  }
  return flags;
}

/** Flags of `/proc/<pid>/cmdline`. */
export function parseCommandLine(cmdline: string): Flags {
  return parseArguments(cmdline.split('\0', MAX_ARGUMENTS).slice(1));
}

/** Flags that stand anywhere in a shell-like text: environment files, unit files, `sh -c` lines. */
export function parseFlagText(text: string): Flags {
  const flags = new Map<string, string>();
  let count = 0;
  const live = text.replace(/^[ \t]{0,100}[#;].{0,10000}$/gm, ''); // comments name flags too
  for (const [, name, quoted, single, plain] of live.matchAll(
    /(?<![\w-])--([a-z][a-z0-9-]{0,80})(?![\w-])(?:[= ](?:"([^"\n]{0,1000})"|'([^'\n]{0,1000})'|([^\s"'\\-][^\s"'\\]{0,1000})))?/g,
  )) {
    if (name !== undefined) flags.set(name, quoted ?? single ?? plain ?? 'true');
    count += 1;
    if (count >= MAX_ARGUMENTS) break;
  }
  return flags;
}

/** Truth value as Go's `strconv.ParseBool` reads it. */
export function flagBool(flags: Flags, name: string): boolean | undefined {
  const value = flags.get(name);
  if (value === undefined) return undefined;
  if (/^(1|t|T|TRUE|true|True)$/.test(value)) return true;
  return /^(0|f|F|FALSE|false|False)$/.test(value) ? false : undefined;
}
/** A whole number ≥ 0. */
export function flagCount(flags: Flags, name: string): number | undefined {
  const value = flags.get(name);
  return value !== undefined && /^\d{1,16}$/.test(value) ? Math.min(Number(value), Number.MAX_SAFE_INTEGER) : undefined;
}
export function flagSeconds(flags: Flags, name: string): number | undefined {
  return toSeconds(flags.get(name));
}
/** Comma-separated words. */
export function flagWords(flags: Flags, name: string): readonly string[] | undefined {
  return flags
    .get(name)
    ?.split(',', 200)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
/** Whether a flag has a value that is not empty. */
export function flagSet(flags: Flags, name: string): boolean {
  return (flags.get(name) ?? '') !== '';
}
/** The member of a closed list that a foreign word is, else `other`. */
export function memberOr<V extends string>(values: readonly V[], word: unknown, other: V): V {
  return values.find((value) => value === word) ?? other;
}
