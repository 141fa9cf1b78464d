/** Chapters of the expert service report: each joins what was measured with what the experts wrote. */
import type { Area, Locale, Text } from '../../agent/wire/vocabulary.ts';
import { assess, GRADE_TONES, GRADE_WORDS, stateSentence } from '../assessment.ts';
import type { Block } from '../blocks.ts';
import { callout, heading, paragraph } from '../blocks.ts';
import { scoreByArea } from '../charts/figures.ts';
import { troubleByNode } from '../charts/node-figures.ts';
import type { AuthoredPart } from '../facts/service.ts';
import { findingBlock, groupByCheck, noProblems } from '../findings.ts';
import { say } from '../format.ts';
import { listTable } from '../lists/list.ts';
import { instancesList } from '../lists/middleware.ts';
import { risksList } from '../lists/risks.ts';
import type { ReportModel } from '../model.ts';
import { authoredBlocks } from '../sections/authored.ts';
import { awaitedPart } from '../sections/awaited.ts';
import { checkResults } from '../sections/check-results.ts';
import { optionalTable } from '../sections/optional.ts';
import { calendarBlocks, forecastBlocks, lifecycleBlocks } from '../sections/outlook.ts';
import { gravePatches } from '../sections/patches.ts';
import { proposalBlocks } from '../sections/remediation-plan.ts';
import { trendCharts } from '../sections/trends.ts';
import type { Chapter } from './chapter.ts';
import { hostFactBlocks } from './facts.ts';
import { clusterBlocks } from './overall.ts';
import { MOST_RISKS } from './risks.ts';
import { keyFigures } from './summary.ts';

/** What the experts wrote, or that they have not yet: an empty judgement must not read like a good one. */
function judged(model: ReportModel, place: AuthoredPart['place'], locale: Locale): readonly Block[] {
  const blocks = authoredBlocks(model, place, locale);
  if (blocks.length > 0) return [heading(say(locale, '专家分析', 'Expert analysis')), ...blocks];
  return [callout('unknown', say(locale, '专家分析待填写', 'Expert analysis pending'), say(locale, '本节由服务专家编写，尚未填写。', 'To be provided by the service experts.'))];
}
function chapter(id: string, title: Text, places: readonly AuthoredPart['place'][], write: Chapter['write']): Chapter {
  // The last place is the one that its chapter cannot do without.
  const judgement = places.at(-1);
  return { id, title, runsOn: true, places, awaits: (model) => (judgement === undefined ? [] : awaitedPart(model, title, judgement)), write };
}
const PERFORMANCE: readonly Area[] = ['host', 'disk', 'link', 'capacity'];
const SECURITY: readonly Area[] = ['security', 'certificate'];

export const expertAssessment = chapter('expert-assessment', { zh: '评估', en: 'Assessment' }, ['scope', 'architecture'], (model, locale) => [
  ...authoredBlocks(model, 'scope', locale),
  ...judged(model, 'architecture', locale),
  heading(say(locale, '资源盘点', 'Resource inventory')),
  ...(model.cluster ? clusterBlocks(model.cluster, model, locale) : []),
  ...model.hosts.flatMap((host) => hostFactBlocks(host, locale)),
  ...optionalTable(instancesList, model, locale),
]);
export const expertHealth = chapter('expert-health', { zh: '健康检查', en: 'Health check' }, ['health'], (model, locale) => {
  const assessment = assess(model);
  const trouble = troubleByNode(model, locale);
  return [
    callout(
      GRADE_TONES[assessment.grade],
      say(locale, `健康状况：${GRADE_WORDS[assessment.grade].zh}`, `Health: ${GRADE_WORDS[assessment.grade].en}`),
      stateSentence(model, assessment, locale),
    ),
    { type: 'keyFigures', figures: keyFigures(model, assessment, locale) },
    { type: 'chart', chart: scoreByArea(model, locale) },
    ...(trouble ? [{ type: 'chart', chart: trouble } as const] : []),
    ...judged(model, 'health', locale),
  ];
});
export const expertRisks = chapter('expert-risks', { zh: '风险评估', en: 'Risk assessment' }, ['risks'], (model, locale) => [
  listTable(risksList, model, locale, MOST_RISKS),
  ...gravePatches(model, locale),
  ...proposalBlocks(model, groupByCheck(model), locale),
  ...calendarBlocks(model, locale),
  ...judged(model, 'risks', locale),
]);
export const expertPerformance = chapter('expert-performance', { zh: '性能分析', en: 'Performance' }, ['performance'], (model, locale) => [
  ...checkResults(model, PERFORMANCE, say(locale, '性能与容量检查', 'Performance and capacity checks'), locale),
  ...trendCharts(model, ['cpu', 'memory', 'disk', 'api-latency', 'etcd-fsync'], locale),
  ...forecastBlocks(model, locale),
  ...judged(model, 'performance', locale),
]);
export const expertSecurity = chapter('expert-security', { zh: '安全检查', en: 'Security' }, ['security'], (model, locale) => [
  ...checkResults(model, SECURITY, say(locale, '安全与证书检查', 'Security and certificate checks'), locale),
  ...judged(model, 'security', locale),
]);
export const expertRecommendations = chapter('expert-recommendations', { zh: '优化建议', en: 'Recommendations' }, ['recommendations'], (model, locale) => {
  const groups = groupByCheck(model).filter(({ severity }) => severity !== 'info');
  return [
    ...judged(model, 'recommendations', locale),
    ...lifecycleBlocks(model, locale),
    heading(say(locale, '巡检项的处置建议', 'Recommended remedies for the findings')),
    ...(groups.length === 0 ? [noProblems(model, locale)] : groups.map((group) => findingBlock(model, group, locale))),
  ];
});
export const expertAcceptance = chapter('expert-acceptance', { zh: '验收', en: 'Acceptance' }, ['acceptance'], (model, locale) => [
  ...judged(model, 'acceptance', locale),
  paragraph(
    say(
      locale,
      '方案需要实施后才能确认有效性的，客户在方案提出后一个自然月内安排实施并确认。',
      'Where a proposal must be implemented before its effect can be verified, the customer implements and confirms it within one calendar month.',
    ),
    'note',
  ),
]);
