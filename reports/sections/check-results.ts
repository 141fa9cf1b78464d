import type { Area, Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout, figures, paragraph, words } from '../blocks.ts';
import { checkOf, scopesInShort, titleOf, worstFirst } from '../findings.ts';
import { formatObserved, NO_VALUE, plural, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { SEVERITY_RANK } from '../model.ts';
import { sourceWords } from '../source-words.ts';
import { REASON_WORDS, verdictWords } from '../words.ts';

const ORDER = ['fail', 'unknown', 'pass', 'not-applicable'] as const;
/** Rows on paper; problems and gaps come first, so what is cut was found in order. */
const MOST_ROWS = 25;

/** What each check of some areas said: problem first, with the worst value, its limit and where the limit is from. */
export function checkResults(model: ReportModel, areas: readonly Area[], title: string, locale: Locale): readonly Block[] {
  const worst = new Map<string, number>();
  for (const { check, severity } of model.findings) worst.set(check, Math.min(SEVERITY_RANK[severity], worst.get(check) ?? Number.POSITIVE_INFINITY));
  const gravity = ({ check, severity, verdict }: ReportModel['verdicts'][number]): number => (verdict === 'fail' ? (worst.get(check) ?? SEVERITY_RANK[severity]) : 0);
  const verdicts = model.verdicts
    .filter(({ area, verdict }) => areas.includes(area) && verdict !== 'not-applicable')
    .toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || gravity(a) - gravity(b) || (a.check < b.check ? -1 : 1));
  if (model.recalled && verdicts.length === 0)
    return [
      callout(
        'unknown',
        title,
        say(
          locale,
          '期末没有这一组的未解决问题；其余检查项的结论已超过保留期。',
          'No problem of this group stood open at the end of the period; the other verdicts are past their retention.',
        ),
      ),
    ];
  if (verdicts.length === 0) return [callout('unknown', title, say(locale, '未采集：本次没有这一组的检查结果。', 'Not gathered: no check of this group gave an answer.'))];
  // What is in order has no value to show: its name is enough.
  const unknown = verdicts.filter(({ verdict }) => verdict === 'unknown');
  const inWords = unknown.length > MOST_UNKNOWN ? unknown : [];
  const told = verdicts.filter((row) => row.verdict !== 'pass' && !inWords.includes(row));
  const count = (verdict: (typeof ORDER)[number]): number => verdicts.filter((row) => row.verdict === verdict).length;
  return [
    model.recalled
      ? paragraph(
          say(
            locale,
            `期末有 ${verdicts.length} 类问题未解决；其余检查项的结论已超过保留期。`,
            `${plural(verdicts.length, 'kind')} of problem stood open at the end of the period; the other verdicts are past their retention.`,
          ),
        )
      : paragraph(
          say(
            locale,
            `${verdicts.length} 个检查项：正常 ${count('pass')} 项，有问题 ${count('fail')} 项，未检查 ${count('unknown')} 项。`,
            `${plural(verdicts.length, 'check')}: ${count('pass')} OK, ${count('fail')} with problems, ${count('unknown')} not checked.`,
          ),
        ),
    {
      type: 'table',
      title,
      columns: [
        words(say(locale, '检查项', 'Check'), 'text', 5),
        words(say(locale, '结论', 'Verdict'), 'status', 2),
        { ...figures(say(locale, '当前值', 'Observed'), 2.4), format: 'name' },
        { ...figures(say(locale, '标准', 'Limit'), 2.4), format: 'name' },
        words(say(locale, '对象 / 原因', 'Object / reason'), 'name', 4),
        words(say(locale, '依据', 'Source'), 'text', 5.4),
      ],
      rows: told.slice(0, MOST_ROWS).map(({ check, verdict, severity, reason, area, atLeast }) => {
        const findings = model.findings.filter((finding) => finding.check === check).toSorted(worstFirst);
        const [worst] = findings;
        const shown = (value: Parameters<typeof formatObserved>[0]): string => (worst ? formatObserved(value, worst.unit, locale, model.period.zoneMinutes) : NO_VALUE);
        return [
          { text: titleOf(model, check, locale) },
          verdictWords(verdict, worst?.severity ?? severity, locale),
          { text: shown(worst?.observed) },
          { text: shown(worst?.threshold) },
          {
            text: worst
              ? scopesInShort(model, { check, area, severity, findings, points: 0, atLeast: atLeast === true }, locale)
              : reason
                ? REASON_WORDS[reason][locale]
                : NO_VALUE,
          },
          { text: sourceWords(checkOf(model, check)?.source, locale) ?? NO_VALUE },
        ];
      }),
      total: told.length,
      empty: say(locale, '得到结果的检查项均为正常。', 'Every check that gave an answer is OK.'),
    },
    ...unknownWords(model, inWords, locale),
    ...passingWords(model, verdicts, locale),
  ];
}

/** More of them than this are named by their reason: a table would say the same reason in every row. */
const MOST_UNKNOWN = 5;
function unknownWords(model: ReportModel, unknown: ReportModel['verdicts'], locale: Locale): readonly Block[] {
  return [...Map.groupBy(unknown, ({ reason }) => reason)].map(([reason, rows]) => {
    const names = rows.slice(0, MOST_NAMES).map(({ check }) => titleOf(model, check, locale));
    const more = rows.length - names.length;
    const why = reason ? REASON_WORDS[reason][locale] : say(locale, '没有结果', 'no answer');
    return paragraph(
      say(
        locale,
        `未检查（${rows.length} 项，${why}）：${names.join('、')}${more > 0 ? ` 等` : ''}。`,
        `Not checked (${rows.length}; ${why}): ${names.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
      ),
      'note',
    );
  });
}

const MOST_NAMES = 60;
function passingWords(model: ReportModel, verdicts: ReportModel['verdicts'], locale: Locale): readonly Block[] {
  const passing = verdicts.filter(({ verdict }) => verdict === 'pass');
  if (passing.length === 0) return [];
  const names = passing.slice(0, MOST_NAMES).map(({ check }) => titleOf(model, check, locale));
  const more = passing.length - names.length;
  return [
    paragraph(
      say(
        locale,
        `检查正常、未发现下列问题（${passing.length} 项）：${names.join('、')}${more > 0 ? ` 等` : ''}。`,
        `Checked and not found (${passing.length}): ${names.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
      ),
      'note',
    ),
  ];
}
