/** `xunjian bundle verify FILE…`: signature, manifest and every payload of parts; reads, and changes nothing. */
import { type ReadPart, readPart } from '../../agent/bundle/read-part.ts';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { identitiesOf } from '../bundle-options.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { bundleFault } from '../terminal/bundle-words.ts';

const OPTIONS = { identity: { type: 'string', multiple: true }, 'key-id': { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } } as const;

/** Files before the first option. */
export function filesBefore(args: readonly string[]): readonly [readonly string[], readonly string[]] {
  const end = args.findIndex((word) => word.startsWith('-'));
  return end === -1 ? [args, []] : [args.slice(0, end), args.slice(end)];
}

export async function bundleVerifyCommand(args: readonly string[], { locale, print, complain }: CommandContext): Promise<ExitCode> {
  const [files, rest] = filesBefore(args);
  const values = parseOptions(rest, OPTIONS);
  const keyId = values['key-id']?.toLowerCase();
  if (files.length === 0 || (keyId !== undefined && !/^[0-9a-f]{64}$/.test(keyId))) throw new UsageError('xunjian bundle verify FILE… [--identity FILE] [--key-id HEX] [--json]');
  const identities = await identitiesOf(values.identity ?? []);
  const bundles = new Map<string, Verified>();
  let isWhole = true;
  for (const file of files) {
    try {
      const read = await readPart(file, { identities, keyId });
      const { id, parts } = read.manifest.bundle;
      const bundle = bundles.get(id) ?? { parts, seen: new Set() };
      bundle.seen.add(read.manifest.part);
      bundles.set(id, bundle);
      print(values.json ? JSON.stringify(factsOf(file, read)) : lineOf(file, read, locale));
    } catch (error) {
      const fault = bundleFault(error, locale, file);
      if (fault === undefined) throw error;
      complain(fault);
      isWhole = false;
    }
  }
  if (!values.json) for (const line of missingLines(bundles, locale)) print(line);
  return isWhole ? ExitCode.healthy : ExitCode.findings;
}

interface Verified {
  readonly parts: number;
  readonly seen: Set<number>;
}
function factsOf(file: string, { manifest, keyId }: ReadPart): object {
  return { file, keyId, part: manifest.part, bundle: manifest.bundle, payloads: manifest.payloads.length };
}
function lineOf(file: string, { manifest, keyId }: ReadPart, locale: Locale): string {
  const { id, parts, createdAt } = manifest.bundle;
  const zh = locale === 'zh';
  const made = new Date(createdAt * 1_000).toISOString();
  return [
    ...[file, zh ? '完好' : 'whole', id.slice(0, 12), `${manifest.part}/${parts}`],
    ...[`${manifest.payloads.length} ${zh ? '份' : 'payloads'}`, made, `${zh ? '密钥' : 'key'} ${keyId}`],
  ].join('  ');
}
function missingLines(bundles: ReadonlyMap<string, Verified>, locale: Locale): readonly string[] {
  return [...bundles].flatMap(([id, { parts, seen }]) => {
    const missing = Array.from({ length: parts }, (_none, index) => index + 1).filter((part) => !seen.has(part));
    return missing.length === 0 ? [] : [`${id.slice(0, 12)}  ${locale === 'zh' ? '未给出的分卷' : 'parts that were not given'}  ${missing.join(', ')}`];
  });
}
