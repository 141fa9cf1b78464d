/** What the pack commands say, in both languages. */
import type { PackFault } from '../../agent/packs/limits.ts';
import type { RulePack } from '../../agent/packs/pack.ts';
import { PackFileError, type PackFileFault, type SignedPack } from '../../agent/packs/pack-file.ts';
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';

const PROBLEMS: Readonly<Record<PackFault['problem'], Text>> = {
  'unknown-check': { zh: '没有这个检查项', en: 'no such check' },
  'unknown-threshold': { zh: '该检查项没有这个阈值', en: 'the check has no such threshold' },
  'not-a-number': { zh: '规则包只能改变数值阈值', en: 'a pack changes numbers only' },
  'out-of-range': { zh: '超出允许范围', en: 'outside the range that a pack may use' },
  order: { zh: '严重级别的次序被颠倒', en: 'what is worse would come first' },
  invalid: { zh: '无效', en: 'not valid' },
};
export function packFaultLine({ path, problem, expected }: PackFault, locale: Locale): string {
  const colon = locale === 'zh' ? '：' : ': ';
  return `${path}${colon}${PROBLEMS[problem][locale]}${expected === undefined ? '' : ` (${expected})`}`;
}

const FILE_FAULTS: Readonly<Record<PackFileFault, Text>> = {
  'not-a-pack': { zh: '不是规则包，或由更新版本的程序生成', en: 'this is no rule pack, or a newer program made it' },
  signature: { zh: '签名不符：内容在签名之后被改动', en: 'the signature does not hold: it was changed after it was signed' },
  key: { zh: '由另一把密钥签名', en: 'it was signed with another key' },
};
/** One line, or `undefined` for what is no fault of a pack's file. */
export function packFileFault(error: unknown, file: string, locale: Locale): string | undefined {
  const colon = locale === 'zh' ? '：' : ': ';
  if (error instanceof PackFileError) return `${file}${colon}${FILE_FAULTS[error.fault][locale]}${error.detail ? ` (${error.detail})` : ''}`;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^E[A-Z]+$/.test(code) ? `${file}${colon}${locale === 'zh' ? '无法读写' : 'cannot be read or written'} (${code})` : undefined;
}

/** What is in it, for the person who approves. */
export function packLines({ pack, keyId, sha256 }: SignedPack, locale: Locale): readonly string[] {
  const zh = locale === 'zh';
  const row = (label: Text, value: string): string => `${label[locale]}  ${value}`;
  const changes = Object.entries(pack.thresholds).flatMap(([id, values]) => Object.entries(values).map(([key, value]) => `  ${id}.${key} = ${value}`));
  return [
    `${zh ? '规则包' : 'rule pack'}  ${pack.name} ${pack.version}  ${new Date(pack.madeAt * 1_000).toISOString()}`,
    ...(pack.note ? [`  ${pack.note[locale]}`] : []),
    row({ zh: '签名密钥', en: 'signed with the key' }, keyId),
    row({ zh: '摘要（供批准）', en: 'digest (to approve)' }, sha256),
    ...countLines(pack, locale),
    ...changes.slice(0, 200),
    ...(changes.length > 200 ? [`  … ${changes.length - 200}`] : []),
  ];
}
function countLines({ thresholds, lifecycles, policies, holidays, advisories }: RulePack, locale: Locale): readonly string[] {
  const rows = [
    ...(lifecycles.kubernetes ?? []),
    ...Object.values(lifecycles.operatingSystems ?? {}).flat(),
    ...Object.values(lifecycles.middleware ?? {}).flatMap((one) => [...(one?.releases ?? []), ...(one?.advisories ?? [])]),
  ];
  const counts: readonly (readonly [Text, number])[] = [
    [{ zh: '阈值', en: 'thresholds' }, Object.values(thresholds).reduce((sum, values) => sum + Object.keys(values).length, 0)],
    [{ zh: '生命周期', en: 'lifecycle rows' }, rows.length],
    [{ zh: '支持策略', en: 'policies' }, Object.keys(policies).length],
    [{ zh: '放假年份', en: 'years of holidays' }, holidays.length],
    [{ zh: '缺陷公告', en: 'advisories' }, advisories.length],
  ];
  return [counts.map(([label, count]) => `${label[locale]} ${count}`).join('  ')];
}
