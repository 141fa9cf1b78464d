import type { AcceptedRisk, ExpiredSuppression } from '../../agent/wire/inspection.ts';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { heading, paragraph, words } from '../blocks.ts';
import { dueWords, isOverdue, isSooner, proposedAt } from '../due-dates.ts';
import type { FindingGroup } from '../findings.ts';
import { checkOf, countBySeverity, findingBlock, groupByCheck, noProblems, nothingFound, scopeWords, titleOf } from '../findings.ts';
import { countWords, formatDate, plural, say, spaced } from '../format.ts';
import { comparisonList } from '../lists/comparison.ts';
import { incidentsList, problemsList } from '../lists/incidents.ts';
import { demandsList } from '../lists/records.ts';
import { firstSeenOf } from '../lists/risks.ts';
import { attainmentList } from '../lists/terms.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { authoredBlocks } from '../sections/authored.ts';
import { automaticNote, awaitedCauses, breaches, incidentFigures } from '../sections/incidents.ts';
import { optionalTable } from '../sections/optional.ts';
import { standingFigures } from '../sections/trends.ts';
import { citedWords } from '../source-words.ts';
import { SEVERITY_MARKS, severityWords } from '../words.ts';
import type { Chapter } from './chapter.ts';

/** Everything that was found, with what to do; and what became of earlier problems. */
export const requests: Chapter = {
  id: 'requests',
  places: ['requests'],
  title: { zh: '功能需求及问题处理', en: 'Feature requests and problems' },
  awaits: awaitedCauses,

  write(model, locale) {
    const groups = groupByCheck(model);
    return [
      paragraph(conclusion(model, groups, locale), 'lead'),
      heading(say(locale, '功能需求', 'Feature requests')),
      ...demands(model, locale),
      ...handled(model, locale),
      heading(say(locale, '问题清单与处置建议', 'Problems and remedies')),
      ...problems(model, groups, locale),
      ...solved(model, locale),
      ...accepted(model, locale),
      ...expired(model, locale),
    ];
  },
};

function demands(model: ReportModel, locale: Locale): readonly Block[] {
  const listed = optionalTable(demandsList, model, locale);
  if (listed.length > 0) return [...listed, ...authoredBlocks(model, 'requests', locale)];
  return [
    paragraph(
      say(
        locale,
        '功能需求登记在工单系统中，巡检不采集，因此本报告不列出；请以工单系统的需求清单为准。',
        'Feature requests are kept in the ticketing system and are not part of an inspection. Please refer to the list there.',
      ),
    ),
    ...authoredBlocks(model, 'requests', locale),
  ];
}

/** Incidents and problems of the period, how they were answered, and what changed since the report before. */
function handled(model: ReportModel, locale: Locale): readonly Block[] {
  const incidents = known(model.incidents)?.rows;
  const parts = [
    ...(incidents && incidents.length > 0 ? [incidentFigures(incidents, locale, (known(model.problems)?.total ?? 0) > 0)] : []),
    ...optionalTable(incidentsList, model, locale),
    ...optionalTable(problemsList, model, locale),
    ...optionalTable(attainmentList, model, locale),
    ...automaticNote([...(incidents ?? []), ...(known(model.problems)?.rows ?? [])], locale),
    ...(incidents ? breaches(model, [...incidents, ...(known(model.problems)?.rows ?? [])], locale) : []),
  ];
  const compared = optionalTable(comparisonList, model, locale);
  return [
    ...(parts.length > 0 ? [heading(say(locale, '事件与问题处理', 'Incident and problem handling')), ...parts] : []),
    ...(compared.length > 0 ? [heading(say(locale, '上期遗留与变化', 'Carried-over and changed issues')), ...standingFigures(model, locale), ...compared] : []),
  ];
}

/** A day of its own, where it is earlier than the one in the heading; then where it comes from. */
function ownNote(model: ReportModel, group: FindingGroup, latest: number | undefined, locale: Locale): string | undefined {
  const day = isSooner(model, group, latest) ? say(locale, `建议完成：${dueWords(model, group, 'zh')}`, `Proposed: ${dueWords(model, group, 'en')}`) : undefined;
  const parts = [day, originNote(model, group.check, locale)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' · ');
}
/** Since when, by which rule, and where its threshold is from; a single inspection knows no history. */
function originNote(model: ReportModel, check: string, locale: Locale): string | undefined {
  const seen = firstSeenOf(model, check);
  if (seen === undefined) return undefined;
  const { source, version } = checkOf(model, check) ?? {};
  return [
    say(locale, `首次发现：${formatDate(seen, model.period.zoneMinutes)}`, `First seen: ${formatDate(seen, model.period.zoneMinutes)}`),
    version === undefined ? undefined : say(locale, `规则版本：${version}`, `Rule version: ${version}`),
    source === undefined ? undefined : say(locale, `阈值来源：${citedWords(source, 'zh')}`, `Threshold source: ${citedWords(source, 'en')}`),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function conclusion(model: ReportModel, groups: readonly FindingGroup[], locale: Locale): string {
  const counts = countBySeverity(groups);
  const total = counts.critical.findings + counts.warning.findings + counts.info.findings;
  if (total === 0) return say(locale, `${nothingFound(model, 'overall', 'zh')}。`, `Result: ${nothingFound(model, 'overall', 'en')}.`);
  const more = groups.some(({ atLeast }) => atLeast);
  const parts = (['critical', 'warning', 'info'] as const).map(
    (severity) => `${SEVERITY_MARKS[severity].word[locale]} ${countWords(counts[severity].findings, counts[severity].atLeast, locale)}`,
  );
  return say(
    locale,
    `共 ${groups.length} 类问题，涉及${spaced(countWords(total, more, 'zh'))}处（${parts.join('，')}），按处理顺序列出。`,
    `${plural(groups.length, 'issue')} in ${more ? 'at least ' : ''}${plural(total, 'place')} (${parts.join(', ')}), listed in order of priority.`,
  );
}

function problems(model: ReportModel, groups: readonly FindingGroup[], locale: Locale): readonly Block[] {
  if (groups.length === 0) return [noProblems(model, locale)];
  const blocks: Block[] = [];
  for (const severity of ['critical', 'warning', 'info'] as const) {
    const members = groups.filter((group) => group.severity === severity);
    const [first] = members;
    if (!first) continue;
    const kinds = say(locale, `${members.length} 类`, plural(members.length, 'kind'));
    // The latest of them, or none where one waits for routine maintenance: what ends sooner tells its own day.
    const dayOf = (group: FindingGroup): number => proposedAt(model, group) ?? Number.POSITIVE_INFINITY;
    const latest = members.reduce((one, other) => (dayOf(other) > dayOf(one) ? other : one), first);
    const last = proposedAt(model, latest);
    const day = dueWords(model, latest, locale);
    const due = say(
      locale,
      `建议完成：${last === undefined || isOverdue(model, last) ? day : `最迟 ${day}`}`,
      `proposed: ${last === undefined || isOverdue(model, last) ? day : `${day} at the latest`}`,
    );
    blocks.push(heading(say(locale, `${severityWords(severity, locale)}（${kinds}，${due}）`, `${severityWords(severity, locale)} (${kinds}; ${due})`), 3));
    for (const group of members) blocks.push(findingBlock(model, group, locale, { note: ownNote(model, group, last, locale) }));
  }
  return blocks;
}

function solved(model: ReportModel, locale: Locale): readonly Block[] {
  const changes = known(model.changes);
  if (!changes || changes.solved.length === 0) return [];
  return [
    {
      type: 'table',
      title: say(locale, '上次巡检后已解决的问题', 'Resolved since the last inspection'),
      columns: [words(say(locale, '级别', 'Severity'), 'status', 2), words(say(locale, '对象', 'Object'), 'name', 5), words(say(locale, '问题', 'Problem'), 'text', 6)],
      rows: changes.solved
        .slice(0, 50)
        .map((finding) => [
          { text: severityWords(finding.severity, locale), tone: finding.severity },
          { text: scopeWords(model, finding.scope, locale) },
          { text: titleOf(model, finding.check, locale) },
        ]),
      total: changes.solved.length,
      empty: '',
    },
  ];
}

function accepted(model: ReportModel, locale: Locale): readonly Block[] {
  if (model.accepted.length === 0) return [];
  return [
    {
      type: 'table',
      title: say(locale, '已接受的风险', 'Accepted risks'),
      columns: [
        words(say(locale, '级别', 'Severity'), 'status', 2),
        words(say(locale, '对象', 'Object'), 'name', 4),
        words(say(locale, '问题', 'Problem'), 'text', 4),
        words(say(locale, '责任人', 'Owner'), 'text', 2),
        words(say(locale, '理由', 'Reason'), 'text', 4),
        words(say(locale, '有效期至', 'Valid until'), 'text', 2),
      ],
      rows: model.accepted
        .slice(0, 100)
        .map(({ finding, owner, reason, expires }: AcceptedRisk) => [
          { text: severityWords(finding.severity, locale), tone: finding.severity },
          { text: scopeWords(model, finding.scope, locale) },
          { text: titleOf(model, finding.check, locale) },
          { text: owner },
          { text: reason },
          { text: expires },
        ]),
      total: model.accepted.length,
      empty: '',
    },
    paragraph(
      say(
        locale,
        '以上问题由责任人在有效期内接受，不计入得分与问题数；到期后自动恢复。',
        'These risks have been accepted by a named owner until the date shown. Until then they are excluded from the score and the issue list.',
      ),
      'note',
    ),
  ];
}

function expired(model: ReportModel, locale: Locale): readonly Block[] {
  if (model.expired.length === 0) return [];
  return [
    {
      type: 'table',
      title: say(locale, '已到期的风险接受（问题重新计入）', 'Expired risk acceptances (the issues count again)'),
      columns: [
        words(say(locale, '问题', 'Problem'), 'text', 6),
        words(say(locale, '检查项', 'Check'), 'code', 4),
        words(say(locale, '责任人', 'Owner'), 'text', 3),
        words(say(locale, '到期日', 'Expired on'), 'text', 3),
      ],
      rows: model.expired
        .slice(0, 100)
        .map(({ check, owner, expires }: ExpiredSuppression) => [{ text: titleOf(model, check, locale) }, { text: check }, { text: owner }, { text: expires }]),
      total: model.expired.length,
      empty: '',
    },
  ];
}
