/** Ways to select, sort, group and word findings; chapters share them so that a finding looks the same everywhere. */
import type { Finding, Scope } from '../agent/wire/inspection.ts';
import type { Area, Locale, Severity } from '../agent/wire/vocabulary.ts';
import { AREAS } from '../agent/wire/vocabulary.ts';
import type { CalloutBlock, FindingBlock, FindingObject, TableBlock } from './blocks.ts';
import { callout, figures, words } from './blocks.ts';
import { countWords, formatObserved, NO_VALUE, plural, say } from './format.ts';
import { limitWords } from './limits.ts';
import type { ReportCheck, ReportModel } from './model.ts';
import { known, SEVERITY_RANK } from './model.ts';
import { askedByWords } from './role-words.ts';
import { placeWords, rowsShown, scopeKindWord, severityWords } from './words.ts';

/** All findings of one check. */
export interface FindingGroup {
  readonly check: string;
  readonly area: Area;
  /** The worst of its findings. */
  readonly severity: Severity;
  /** Worst first, then by name. */
  readonly findings: readonly Finding[];
  /** Points that solving it adds to the score; 0 when it is not among the levers. */
  readonly points: number;
  /** There are more than these: a list had reached its cap. */
  readonly atLeast: boolean;
}

/** The chapter of the report that a finding is evidence in. */
export type Place = 'overall' | 'control-plane' | 'workers' | 'applications';

/** Worst first, then by area, check, distance from the limit and name, so that two reports of the same run are the same. */
export function worstFirst(a: Finding, b: Finding): number {
  return (
    SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity] ||
    compare(a.area, b.area) ||
    compare(a.check, b.check) ||
    excessOf(b) - excessOf(a) ||
    compare(identityOf(a.scope), identityOf(b.scope))
  );
}
/** How far a measure is beyond its limit, as a share of the limit; 0 where that means nothing. */
function excessOf({ observed, threshold }: Finding): number {
  if (typeof observed !== 'number' || typeof threshold !== 'number') return 0;
  const excess = Math.abs(observed - threshold) / Math.max(1, Math.abs(threshold));
  return Number.isFinite(excess) ? excess : 0;
}
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
function identityOf({ kind, node = '', namespace = '', name }: Scope): string {
  return `${kind} ${node} ${namespace} ${name}`;
}

/** Groups by check, in the order in which they should be worked on: severity, then effect on the score, then number of objects. */
export function groupByCheck(model: Pick<ReportModel, 'findings' | 'score' | 'verdicts'>): readonly FindingGroup[] {
  const points = new Map(model.score.levers.map((lever) => [lever.check, lever.points]));
  const more = checksWithMore(model);
  const byCheck = new Map<string, Finding[]>();
  for (const finding of model.findings.toSorted(worstFirst)) {
    const group = byCheck.get(finding.check);
    if (group) group.push(finding);
    else byCheck.set(finding.check, [finding]);
  }
  const groups: FindingGroup[] = [];
  for (const [check, findings] of byCheck) {
    const [worst] = findings;
    if (worst) groups.push({ check, area: worst.area, severity: worst.severity, findings, points: points.get(check) ?? 0, atLeast: more.has(check) });
  }
  return groups.toSorted(
    (a, b) => SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity] || b.points - a.points || b.findings.length - a.findings.length || compare(a.check, b.check),
  );
}

/** Checks that fail on more things than the report was given. */
export function checksWithMore({ verdicts }: Pick<ReportModel, 'verdicts'>): ReadonlySet<string> {
  return new Set(verdicts.filter(({ atLeast }) => atLeast).map(({ check }) => check));
}

export interface SeverityCount {
  /** Checks. A check counts with its worst finding. */
  readonly kinds: number;
  /** Things found, a thing once for each check that it fails. */
  readonly findings: number;
  /** `findings` is less than there are. */
  readonly atLeast: boolean;
}
/** How many findings, and how many kinds of them (checks), have each severity. */
export function countBySeverity(groups: readonly FindingGroup[]): Readonly<Record<Severity, SeverityCount>> {
  const none = { kinds: 0, findings: 0, atLeast: false };
  const counts = { critical: { ...none }, warning: { ...none }, info: { ...none } };
  for (const group of groups) {
    counts[group.severity].kinds += 1;
    if (group.atLeast) counts[group.severity].atLeast = true;
    for (const finding of group.findings) counts[finding.severity].findings += 1;
  }
  return counts;
}

/** Kinds that belong to an application, whatever the area of the check. */
const OF_APPLICATIONS: ReadonlySet<Scope['kind']> = new Set<Scope['kind']>([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'PersistentVolumeClaim',
  'Ingress',
  'Service',
]);
/** Where a finding is shown as evidence. Things of a node follow the node's role; an inspected machine counts as a worker. */
export function placeOf(finding: Finding, controlPlaneNodes: ReadonlySet<string>): Place {
  const { area, scope } = finding;
  if (area === 'control-plane' || area === 'etcd') return 'control-plane';
  if (area === 'workload' || area === 'pod' || area === 'storage' || area === 'middleware') return 'applications';
  if (OF_APPLICATIONS.has(scope.kind)) return 'applications';
  const node = scope.kind === 'Node' ? scope.name : scope.node;
  if (node === undefined || scope.kind === 'Cluster') return 'overall';
  return controlPlaneNodes.has(node) ? 'control-plane' : 'workers';
}
/** The areas whose checks speak for a chapter. */
const AREAS_AT: Readonly<Record<Place, readonly Area[]>> = {
  overall: AREAS,
  'control-plane': ['control-plane', 'etcd'],
  workers: ['node', 'kubelet', 'certificate', 'os', 'host', 'disk', 'link', 'service'],
  applications: ['workload', 'pod', 'storage', 'network', 'security', 'middleware'],
};
/** How many checks gave an answer that a chapter could rest on. */
export function answersAt({ score }: Pick<ReportModel, 'score'>, place: Place): number {
  return score.areas.filter(({ area }) => AREAS_AT[place].includes(area)).reduce((sum, { passed, failed }) => sum + passed + failed, 0);
}
/** What to say when there is no finding: nothing found, or nothing looked at. No full stop. */
export function nothingFound(model: ReportModel, place: Place, locale: Locale): string {
  return answersAt(model, place) > 0
    ? say(locale, '已检查的部分没有发现问题', 'the checks that ran found no issues')
    : say(locale, '没有任何检查结果，不能说明是否有问题', 'no check returned a result, so it is unknown whether there are issues');
}
/** `发现 3 处问题`, or why there is none to tell. No full stop. */
export function foundWords(model: ReportModel, place: Place, problems: number, locale: Locale): string {
  return problems === 0 ? nothingFound(model, place, locale) : say(locale, `发现 ${problems} 处问题`, `issues found in ${plural(problems, 'place')}`);
}

/** Stands where problems would be listed. Green only when something was looked at. */
export function noProblems(model: ReportModel, locale: Locale): CalloutBlock {
  if (answersAt(model, 'overall') === 0)
    return callout(
      'unknown',
      say(locale, '没有检查结果', 'No result'),
      say(locale, '没有任何检查项得到结果，不能说明是否有问题。', 'No check returned a result, so it is unknown whether there are issues.'),
    );
  return callout(
    'ok',
    say(locale, '没有待处理的问题', 'Nothing to do'),
    say(locale, '已检查的部分没有发现问题；未检查的部分见附录。', 'The checks that ran found no issues; see the appendix for what was not checked.'),
  );
}

/** The findings of one chapter, worst first. Without a cluster all are those of the inspected machine. */
export function findingsAt(model: ReportModel, place: Place): readonly Finding[] {
  if (!model.cluster) return place === 'workers' ? model.findings.toSorted(worstFirst) : [];
  const controlPlane = controlPlaneNodesOf(model);
  return model.findings.filter((finding) => placeOf(finding, controlPlane) === place).toSorted(worstFirst);
}
function controlPlaneNodesOf(model: ReportModel): ReadonlySet<string> {
  const nodes = known(model.cluster?.nodes)?.rows ?? [];
  return new Set(nodes.filter((node) => node.controlPlane).map((node) => node.name));
}

/** A check's title; its id where the model does not hold the text. */
export function titleOf(model: ReportModel, check: string, locale: Locale): string {
  return checkOf(model, check)?.title[locale] ?? check;
}
export function checkOf(model: ReportModel, check: string): ReportCheck | undefined {
  return model.checks.find(({ id }) => id === check);
}

/** The thing a finding is about: `Pod shop/cart-0`, `挂载点 worker-1:/var/log`. */
export function scopeWords(model: ReportModel, scope: Scope, locale: Locale): string {
  if (scope.kind !== 'Cluster') return placeWords(scope, locale);
  const word = scopeKindWord(scope.kind, locale);
  return model.subject.cluster ? `${word} ${model.subject.cluster}` : word;
}
/** `节点 worker-07 等 4 个对象`: the worst object and how many more. */
export function scopesInShort(model: ReportModel, group: FindingGroup, locale: Locale): string {
  const [first] = group.findings;
  if (!first) return NO_VALUE;
  const name = objectWords(model, first, locale);
  const others = group.findings.length - 1;
  if (others === 0) return name;
  const count = countWords(group.findings.length, group.atLeast, 'zh');
  return say(locale, `${name}${name.endsWith('）') ? '' : ' '}等 ${count} 个对象`, `${name} and ${group.atLeast ? 'at least ' : ''}${plural(others, 'other')}`);
}

/** What was measured on the worst of them, and its limit: `观测值 3.8 %，阈值 5 %`; empty where the title says it all. */
export function worstMeasured(model: ReportModel, group: FindingGroup, locale: Locale): string {
  const [worst] = group.findings;
  if (!worst || !tells(group)) return '';
  const measured = measuredWords(objectOf(model, worst, locale), locale);
  return group.findings.length > 1 && measured !== '' ? say(locale, `最重者${measured}`, `the worst ${measured}`) : measured;
}
export function measuredWords({ observed, threshold }: Pick<FindingObject, 'observed' | 'threshold'>, locale: Locale): string {
  return [observed !== NO_VALUE && say(locale, `观测值 ${observed}`, `observed ${observed}`), threshold !== NO_VALUE && say(locale, `阈值 ${threshold}`, `threshold ${threshold}`)]
    .filter((part) => part !== false)
    .join(say(locale, '，', ', '));
}
/** That it is so, or that it is so once, is what the title of a problem says already. */
function tells({ findings }: Pick<FindingGroup, 'findings'>): boolean {
  return findings.some(({ observed, threshold, unit }) => threshold !== undefined || !(observed === true || (observed === 1 && unit === 'count')));
}

/** The thing, and the roles of the machine that ask for what is missing there. */
function objectWords(model: ReportModel, { scope, askedBy }: Finding, locale: Locale): string {
  return `${scopeWords(model, scope, locale)}${askedByWords(askedBy, locale)}`;
}
function objectOf(model: ReportModel, finding: Finding, locale: Locale): FindingObject {
  const { zoneMinutes } = model.period;
  return {
    name: objectWords(model, finding, locale),
    observed: formatObserved(finding.observed, finding.unit, locale, zoneMinutes),
    threshold: limitWords(finding, locale, zoneMinutes),
    severity: finding.severity,
  };
}

/** Most objects that a report carries under one problem, most of them a click away; the number of all stands beside. */
const MOST_OBJECTS = 200;

/** A problem with everything it was found on. */
export function findingBlock(model: ReportModel, group: FindingGroup, locale: Locale, extra: Pick<FindingBlock, 'rank' | 'note'> = {}): FindingBlock {
  const check = checkOf(model, group.check);
  return {
    type: 'finding',
    severity: group.severity,
    check: group.check,
    title: check?.title[locale] ?? group.check,
    objects: group.findings.slice(0, MOST_OBJECTS).map((finding) => ({ ...markedObject(model, finding, group.severity, locale), ...(!tells(group) && { observed: NO_VALUE }) })),
    objectTotal: group.findings.length,
    objectsAtLeast: group.atLeast,
    ...(check?.why && { why: check.why[locale] }),
    remedy: check?.remedy[locale] ?? say(locale, '规则集中没有该检查项的处置建议。', 'The rule set has no remedy for this check.'),
    ...extra,
  };
}

/** Below a heading of the worst severity an object that is less severe says so: the counts of objects by severity are not those of headings. */
function markedObject(model: ReportModel, finding: Finding, worst: Finding['severity'], locale: Locale): ReturnType<typeof objectOf> {
  const object = objectOf(model, finding, locale);
  return finding.severity === worst
    ? object
    : { ...object, name: say(locale, `${object.name}（${severityWords(finding.severity, 'zh')}）`, `${object.name} (${severityWords(finding.severity, 'en')})`) };
}

/** Most rows of an evidence table; the full list is in the chapter on problems. */
const MOST_ROWS = 10;

/** Evidence: one row a check, worst first, with its worst object; remedies and all objects stand in the chapter on problems. */
export function findingsTable(model: ReportModel, findings: readonly Finding[], title: string, place: Place, locale: Locale): TableBlock {
  const none = nothingFound(model, place, locale);
  const groups = groupByCheck({ findings, score: model.score, verdicts: model.verdicts });
  const rows = groups.slice(0, rowsShown(groups.length, MOST_ROWS)).flatMap((group) => {
    const [worst] = group.findings;
    if (!worst) return [];
    const { name, observed, threshold } = objectOf(model, worst, locale);
    const objects = group.findings.length;
    return [
      [
        { text: severityWords(group.severity, locale), tone: group.severity },
        { text: titleOf(model, group.check, locale) },
        { text: name },
        { text: tells(group) ? observed : NO_VALUE },
        { text: threshold },
        { text: countWords(objects, group.atLeast, locale), value: objects },
      ],
    ];
  });
  return {
    type: 'table',
    title,
    columns: [
      words(say(locale, '级别', 'Severity'), 'status', 2.1),
      words(say(locale, '问题', 'Problem'), 'text', 5.8),
      words(say(locale, '对象（最重者）', 'Object (worst)'), 'name', 5.4),
      figures(say(locale, '观测值', 'Observed'), 2.5),
      figures(say(locale, '阈值', 'Threshold'), 2),
      figures(say(locale, '对象数', 'Objects'), 1.5),
    ],
    rows,
    total: groups.length,
    empty: say(locale, `${none}。`, `${none.charAt(0).toUpperCase()}${none.slice(1)}.`),
  };
}
