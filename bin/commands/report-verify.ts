/** `xunjian report verify FILE|DIR`: that nothing was changed since a collector signed it. */
import { parseArgs } from 'node:util';
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { SignOffRecord } from '../../collector/reports/sign-off-record.ts';
import { sideWord } from '../../reports/chapters/signed.ts';
import { type CustomersWord, SIGNING_SIDES } from '../../reports/facts/sign-off.ts';
import { printableText } from '../../reports/printable.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { UsageError } from '../terminal/arguments.ts';
import { keyIdOfFile, type Verification, verifyReport } from '../verify-report.ts';

const USAGE = 'xunjian report verify FILE|DIR [--key FILE] [--key-id HEX] [--json]';
const FAULTS: Readonly<Record<Extract<Verification, { fault: unknown }>['fault'], Text>> = {
  manifest: { zh: 'manifest.json 不是本程序的格式', en: 'manifest.json is not in our format' },
  'signature-file': { zh: 'manifest.sig.json 不是有效的签名文件', en: 'manifest.sig.json is no valid signature file' },
  signature: { zh: '签名不符：manifest.json 已被改动', en: 'the signature does not hold: manifest.json was changed' },
  key: { zh: '签名来自另一把密钥', en: 'it was signed with another key' },
  record: { zh: 'sign-off.json 不是本程序的格式', en: 'sign-off.json is not in our format' },
  'sign-off-signature-file': { zh: 'sign-off.sig.json 缺失或不是有效的签名文件', en: 'sign-off.sig.json is missing or no valid signature file' },
  'sign-off-signature': { zh: '签名不符：sign-off.json 已被改动', en: 'the signature does not hold: sign-off.json was changed' },
  'sign-off-key': { zh: 'sign-off.json 由另一把密钥签名', en: 'sign-off.json was signed with another key' },
  'sign-off-document': { zh: 'sign-off.json 是另一份报告的签字记录', en: 'sign-off.json is the record of another report' },
  'not-listed': { zh: '该文件不在 manifest.json 中', en: 'the file is not listed in manifest.json' },
};
const VERDICTS = { ok: { zh: '一致', en: 'ok' }, changed: { zh: '已被改动', en: 'CHANGED' }, missing: { zh: '缺失', en: 'MISSING' } } as const satisfies Readonly<
  Record<string, Text>
>;

/** Names of files that nobody signed, at most. */
const MOST_UNLISTED = 20;

export async function reportVerifyCommand(args: readonly string[], { print, complain, locale }: CommandContext): Promise<ExitCode> {
  const { path, values } = parse(args);
  const zh = locale === 'zh';
  let result: Verification;
  try {
    const pinned = values.key === undefined ? values['key-id']?.toLowerCase() : await keyIdOf(values.key);
    result = await verifyReport(path, pinned);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    throw new UsageError({
      zh: `无法读取 ${path}，或其目录中没有 manifest.json 与 manifest.sig.json（${code}）`,
      en: `cannot read ${path}, or there are no manifest.json and manifest.sig.json beside it (${code})`,
    });
  }
  const isGood = !('fault' in result) && result.files.every(({ verdict }) => verdict === 'ok');
  if (values.json) {
    print(JSON.stringify({ ok: isGood, ...result }));
    return isGood ? ExitCode.healthy : ExitCode.findings;
  }
  if ('fault' in result) {
    complain(FAULTS[result.fault][locale]);
    return ExitCode.findings;
  }
  tellFiles(result.files, { print, complain, locale });
  if (result.signOff) tellSignatures(result.signOff, print, locale);
  tellUnlisted(result.unlisted, complain, zh);
  print(`${zh ? '签名有效，密钥' : 'signature holds, key'} ${result.keyId}`);
  if (values.key === undefined && values['key-id'] === undefined)
    print(zh ? '未指定 --key 或 --key-id：请与收集端公布的密钥标识核对。' : 'No --key or --key-id was given: compare the key id with the one that the collector publishes.');
  return isGood ? ExitCode.healthy : ExitCode.findings;
}

/** @throws UsageError */
async function keyIdOf(path: string): Promise<string> {
  try {
    return await keyIdOfFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    throw new UsageError({
      zh: `--key：${path} 不是可读取的 PEM 公钥（${code}）；收集端的公钥见 GET /api/v1/report-key`,
      en: `--key: ${path} is no public key in PEM that can be read (${code}); a collector gives its own at GET /api/v1/report-key`,
    });
  }
}
function tellFiles(files: Extract<Verification, { files: unknown }>['files'], { print, complain, locale }: Pick<CommandContext, 'print' | 'complain' | 'locale'>): void {
  for (const { name, verdict, savedAs } of files)
    (verdict === 'ok' ? print : complain)(`${VERDICTS[verdict][locale]}  ${name}${savedAs === undefined ? '' : ` (${printableText(savedAs)})`}`);
}
/** Who signed the document that the files were made from. */
function tellSignatures({ signatures, organisations, word }: SignOffRecord, print: CommandContext['print'], locale: Locale): void {
  for (const side of SIGNING_SIDES) {
    const { name, at, paperDay } = signatures[side] ?? {};
    const day = paperDay ?? (at === undefined ? '' : new Date(at * 1_000).toISOString());
    const who = name === undefined ? (locale === 'zh' ? '尚未签字' : 'not signed yet') : `${printableText(name)} ${day}`;
    const organisation = organisations[side];
    print(`${sideWord(side, locale)}${organisation === undefined ? '' : ` (${printableText(organisation)})`}  ${who}`);
  }
  if (word) print(`${locale === 'zh' ? '客户确认' : "customer's word"}  ${WORDS[word.state][locale]}`);
}
const WORDS: Readonly<Record<CustomersWord['state'], Text>> = {
  confirmed: { zh: '已确认', en: 'confirmed' },
  objected: { zh: '有异议', en: 'objected' },
  awaited: { zh: '待确认', en: 'awaited' },
  lapsed: { zh: '到期视为确认', en: 'counts as confirmed: the time is over' },
};

/** A signed folder lends its credit to whatever else is put into it. */
function tellUnlisted(unlisted: readonly string[], complain: CommandContext['complain'], zh: boolean): void {
  if (unlisted.length === 0) return;
  const names = unlisted.slice(0, MOST_UNLISTED).map((name) => printableText(name));
  complain(zh ? `不在清单中，未经签名（${unlisted.length} 个）：${names.join('、')}` : `not in the manifest, signed by nobody (${unlisted.length}): ${names.join(', ')}`);
}

function parse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { key: { type: 'string' }, 'key-id': { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0 || (values['key-id'] !== undefined && !/^[0-9a-f]{64}$/i.test(values['key-id']))) throw new UsageError(USAGE);
    return { path, values };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(USAGE);
  }
}
