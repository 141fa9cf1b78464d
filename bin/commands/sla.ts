/** `xunjian sla explain`: when a clock is due under a contract, and the arithmetic that leads there. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { CLOCKS, type ClockName } from '../../collector/support/clock.ts';
import { CalendarError } from '../../collector/support/policy-error.ts';
import { type Marks, type Pause, reach } from '../../collector/support/progress.ts';
import type { ClockTerms, LevelTerms, SupportTerms } from '../../collector/support/terms.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { chosenLevel, chosenTerms, fault, instantOf, isoTime, quoted } from '../support-terms.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { BECAUSE_WORDS, CLOCK_WORDS, durationWords, goalWords } from '../terminal/support-words.ts';

const OPTIONS = {
  policy: { type: 'string' },
  tier: { type: 'string' },
  level: { type: 'string' },
  at: { type: 'string' },
  zone: { type: 'string' },
  clock: { type: 'string' },
  pause: { type: 'string', multiple: true },
  policies: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
} as const;

/** Years that the calendar can be asked about: far enough for any contract, near enough to answer at once. */
const MIN_AT = Date.UTC(2000, 0, 1);
const MAX_AT = Date.UTC(2100, 0, 1);

export async function slaCommand([word, ...args]: readonly string[], { print, locale }: CommandContext): Promise<ExitCode> {
  if (word !== 'explain') throw new UsageError('xunjian sla explain --policy ID --tier T --level L --at ISO');
  const values = parseOptions(args, OPTIONS);
  const terms = chosenTerms(values, locale);
  const level = chosenLevel(values.level, terms, locale);
  const clock = chosenClock(values.clock, locale);
  if (values.at === undefined) throw fault(locale, '缺少 --at（时钟开始的时间，如 2026-11-27T16:00）', '--at is missing (when the clock starts, such as 2026-11-27T16:00)');
  const at = instantOf(values.at, terms.zone, '--at', locale);
  if (at < MIN_AT || at >= MAX_AT) throw fault(locale, '--at 须在 2000 年至 2099 年之间', '--at must lie in the years 2000 to 2099');
  const pauses = (values.pause ?? []).map((text) => pauseOf(text, terms.zone, locale));
  const rule = level.clocks[clock];
  const marks = rule?.aim ? computed(rule, at, pauses, locale) : undefined;
  if (values.json) print(JSON.stringify(document(marks, terms.zone)));
  else for (const line of explanation({ terms, level, clock, rule, at, marks, locale })) print(line);
  return ExitCode.healthy;
}

function chosenClock(word: string | undefined, locale: Locale): ClockName {
  const found = CLOCKS.find((clock) => clock === (word ?? 'respond'));
  if (!found) throw fault(locale, `--clock：没有时钟 ${quoted(word ?? '')}（可选 ${CLOCKS.join(', ')}）`, `--clock: no clock ${quoted(word ?? '')} (one of ${CLOCKS.join(', ')})`);
  return found;
}

/** `FROM/TO`, two times. */
function pauseOf(text: string, zone: string, locale: Locale): Pause {
  const parts = text.split('/');
  const [fromText = '', toText = ''] = parts;
  if (parts.length !== 2 || fromText === '' || toText === '') throw fault(locale, `--pause：${quoted(text)} 应为 起/止`, `--pause: ${quoted(text)} is not FROM/TO`);
  const from = instantOf(fromText, zone, '--pause', locale);
  const to = instantOf(toText, zone, '--pause', locale);
  if (from >= to) throw fault(locale, `--pause：${quoted(text)} 的结束须晚于开始`, `--pause: ${quoted(text)} ends before it begins`);
  return { from, to };
}

function computed({ calendar, aim }: ClockTerms, from: number, pauses: readonly Pause[], locale: Locale): Marks | undefined {
  if (!aim) return undefined;
  try {
    return reach({ calendar, unit: aim.unit, from, pauses }, [aim.amount]);
  } catch (error) {
    if (error instanceof CalendarError) throw fault(locale, '400 天内没有任何服务时段，无法计算', 'no covered time within 400 days: nothing can be computed');
    throw error;
  }
}

/** The published shape: `counted` in seconds, `due` null when the contract sets no time. */
function document(marks: Marks | undefined, zone: string): unknown {
  const due = marks?.at[0];
  return {
    due: due === undefined ? null : isoTime(due, zone),
    provisional: marks?.provisional ?? false,
    segments: (marks?.segments ?? []).map(({ from, to, countedMs }) => ({ from: isoTime(from, zone), to: isoTime(to, zone), counted: countedMs / 1000 })),
  };
}

interface Explained {
  readonly terms: SupportTerms;
  readonly level: LevelTerms;
  readonly clock: ClockName;
  readonly rule: ClockTerms | undefined;
  readonly at: number;
  readonly marks: Marks | undefined;
  readonly locale: Locale;
}

function explanation({ terms, level, clock, rule, at, marks, locale }: Explained): string[] {
  const zh = locale === 'zh';
  const { zone } = terms;
  const title = `${terms.ref} · ${level.label[locale]}${level.type === undefined ? '' : ` ${level.type[locale]}`} · ${CLOCK_WORDS[clock][locale]}`;
  const due = marks?.at[0];
  if (!rule?.aim || !marks || due === undefined) {
    const why = rule?.note?.[locale] ?? rule?.clause;
    return [title, `${zh ? '合同未约定时限' : 'the contract sets no time'}${why === undefined ? '' : ` (${why})`}`];
  }
  const said = [rule.note?.[locale], rule.clause].filter((text) => text !== undefined).join(' · ');
  const width = Math.max(...marks.segments.map(({ countedMs }) => durationWords(countedMs).length));
  return [
    title,
    `${zh ? '时限' : 'goal'}: ${goalWords(rule.aim, locale)} · ${rule.coverage[locale]}${said === '' ? '' : ` · ${zh ? '条款' : 'clause'}: ${said}`}`,
    `${zh ? '开始' : 'start'}: ${isoTime(at, zone)} (${zone})`,
    ...marks.segments.map(
      ({ from, to, countedMs, because }) => `  ${isoTime(from, zone)} → ${isoTime(to, zone)}  ${durationWords(countedMs).padStart(width)}  ${BECAUSE_WORDS[because][locale]}`,
    ),
    `${zh ? '合计' : 'sum'}: ${durationWords(marks.countedMs)}`,
    `${zh ? '到期' : 'due'}: ${isoTime(due, zone)}`,
    ...(marks.provisional ? [zh ? '注意：涉及尚无放假安排的年份，结果为暂定' : 'note: a year without published holidays is involved, so this is provisional'] : []),
  ];
}
