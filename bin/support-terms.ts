/** Policy, tier, level, zone and times from the command line, with one clear line where they do not fit. */
import { Temporal } from 'temporal-polyfill';
import type { Locale } from '../agent/wire/vocabulary.ts';
import { loadPolicies, type Policies } from '../collector/support/policies.ts';
import { PolicyError } from '../collector/support/policy-error.ts';
import { type LevelTerms, type SupportTerms, termsOf } from '../collector/support/terms.ts';
import { isZone } from '../collector/support/zone.ts';
import { UsageError } from './terminal/arguments.ts';

/** Where the policies' countries are; sites elsewhere name their zone. */
const USUAL_ZONE = 'Asia/Shanghai';

export interface TermsChoice {
  readonly policy?: string | undefined;
  readonly tier?: string | undefined;
  readonly zone?: string | undefined;
  /** Folder of the vendor's own policies. */
  readonly policies?: string | undefined;
}

/** A fault in the user's language. */
export function fault(locale: Locale, zh: string, en: string): UsageError {
  return new UsageError(locale === 'zh' ? zh : en);
}

/** A word of the user's, cut to what fits a line. */
export function quoted(word: string): string {
  return JSON.stringify(word.slice(0, 60));
}

export function openPolicies(directory: string | undefined, locale: Locale): Policies {
  try {
    return loadPolicies(directory);
  } catch (error) {
    if (error instanceof PolicyError) throw fault(locale, `策略文件有误：${error.faults[0] ?? ''}`, `policy file: ${error.faults[0] ?? ''}`);
    throw error;
  }
}

/** `daocloud` or `daocloud@1`. */
export function chosenTerms(choice: TermsChoice, locale: Locale): SupportTerms {
  const policies = openPolicies(choice.policies, locale);
  const known = [...new Set(policies.all.map(({ id }) => id))].join(', ');
  if (choice.policy === undefined) throw fault(locale, `缺少 --policy（可选 ${known}）`, `--policy is missing (one of ${known})`);
  const [id = '', versionText] = choice.policy.split('@');
  const version = versionText === undefined ? undefined : Number(versionText);
  const policy = policies.find(id, version);
  if (!policy) throw fault(locale, `--policy：没有策略 ${quoted(choice.policy)}（可选 ${known}）`, `--policy: no policy ${quoted(choice.policy)} (one of ${known})`);
  const tiers = Object.keys(policy.tiers).join(', ');
  if (choice.tier === undefined) throw fault(locale, `缺少 --tier（可选 ${tiers}）`, `--tier is missing (one of ${tiers})`);
  if (!Object.hasOwn(policy.tiers, choice.tier))
    throw fault(locale, `--tier：${id} 没有 ${quoted(choice.tier)}（可选 ${tiers}）`, `--tier: ${id} has no ${quoted(choice.tier)} (one of ${tiers})`);
  return termsOf(policies, { policyId: id, tier: choice.tier, version, zone: chosenZone(choice.zone, locale) });
}

/** A customer's zone, where nobody says it: this machine's, unless it is set to UTC as servers are, where nobody works. */
export function likelyZone(): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isZone(own) && !/^(?:Etc\/.*|UTC|GMT)$/.test(own) ? own : USUAL_ZONE;
}

export function chosenZone(zone: string | undefined, locale: Locale): string {
  const chosen = zone ?? USUAL_ZONE;
  if (!isZone(chosen))
    throw fault(
      locale,
      `--zone：${quoted(chosen)} 不是 IANA 时区（不用 CST 一类缩写），例如 Asia/Shanghai`,
      `--zone: ${quoted(chosen)} is no IANA time zone, such as Asia/Shanghai (no abbreviation such as CST)`,
    );
  return chosen;
}

/** A level by its number or by the name that the policy gives it: `1`, `P1`, `1 级`, `一级`. */
export function chosenLevel(word: string | undefined, { levels, policy }: SupportTerms, locale: Locale): LevelTerms {
  const all = [...levels.values()];
  const plain = (text: string): string => text.replace(/\s/g, '').toLowerCase();
  const known = all.map(({ level }) => level).join(', ');
  if (word === undefined) throw fault(locale, `缺少 --level（可选 ${known}）`, `--level is missing (one of ${known})`);
  const found = all.find(({ level, label }) => [String(level), label.zh, label.en].some((name) => plain(name) === plain(word)));
  if (!found) throw fault(locale, `--level：${policy.id} 没有级别 ${quoted(word)}（可选 ${known}）`, `--level: ${policy.id} has no level ${quoted(word)} (one of ${known})`);
  return found;
}

/** Milliseconds of an ISO time; without an offset it is a time of the zone. */
export function instantOf(text: string, zone: string, option: string, locale: Locale): number {
  try {
    // Temporal would drop an offset or a zone's name without a word where it looks for a local time.
    if (/[T ].*(?:Z|[+-]\d\d(?::?\d\d)?)(?:\[|$)/i.test(text) || text.includes('[')) return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    throw fault(
      locale,
      `${option}：${quoted(text)} 不是时间，例如 2026-11-27T16:00 或 2026-11-27T16:00:00+08:00`,
      `${option}: ${quoted(text)} is no time, such as 2026-11-27T16:00 or 2026-11-27T16:00:00+08:00`,
    );
  }
}

/** ISO time with the zone's offset. */
export function isoTime(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toString({ timeZoneName: 'never' });
}
