/** From the sections and checks of middleware to the instances that reports list, each with its items in TongTech's groups. Pure. */

import type { CheckVerdict, Finding, GathererReport } from '../../agent/wire/inspection.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import { type Product, type ProductSectionName, productSectionName } from '../../agent/wire/sections/middleware/products.ts';
import { instanceOf as instanceInScope, settingParts } from '../../agent/wire/setting-scope.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Fact, Rows } from '../../reports/facts/fact.ts';
import type { InstanceSetting, MiddlewareInstance, MiddlewareItem } from '../../reports/facts/middleware.ts';
import type { ReportCheck } from '../../reports/model.ts';
import type { InstanceVerdicts } from './knowledge.ts';
import { measured } from './middleware-measures.ts';

interface Told {
  readonly sections: SomeSections;
  readonly gatherers: readonly GathererReport[];
  readonly verdicts: readonly CheckVerdict[];
  readonly findings: readonly Finding[];
  readonly checkTexts: readonly ReportCheck[];
  readonly instanceVerdicts?: readonly InstanceVerdicts[] | undefined;
}
type Inventory = NonNullable<SomeSections['middleware']>['rows'][number];

const TITLES: Readonly<Record<Product, string>> = {
  redis: 'Redis',
  mysql: 'MySQL',
  postgresql: 'PostgreSQL',
  mongodb: 'MongoDB',
  kafka: 'Kafka',
  zookeeper: 'ZooKeeper',
  rabbitmq: 'RabbitMQ',
  rocketmq: 'RocketMQ',
  elasticsearch: 'Elasticsearch',
  minio: 'MinIO',
  nacos: 'Nacos',
  'etcd-server': 'etcd',
  nginx: 'nginx',
  tomcat: 'Tomcat',
  tongweb: 'TongWeb',
  tongrds: 'TongRDS',
  ths: 'TongHttpServer',
  tlq: 'TongLINK/Q',
};
/** As its vendor writes it. */
export function productTitle(product: Product): string {
  return TITLES[product];
}
const OF_TONGTECH: ReadonlySet<Product> = new Set(['tongweb', 'tongrds', 'ths', 'tlq']);
/** Patterns of a log and the check that judges them; one without a check is a count for the reader. */
const PATTERN_CHECKS: Readonly<Record<string, string>> = {
  'oom-heap': 'oom',
  'oom-metaspace': 'oom',
  'oom-native-thread': 'oom',
  'oom-gc-overhead': 'oom',
  'too-many-open-files': 'too-many-files',
  'pool-empty': 'pool-empty',
  'hung-thread': 'hung-thread',
  'connection-leak': 'datasource-leak-logged',
  'start-failed': 'start-failed',
  restart: 'restarts-many',
  error: 'log-errors-rising',
};

export function middlewareFactsOf(told: Told): Fact<Rows<MiddlewareInstance>> {
  const { middleware } = told.sections;
  if (!middleware) return { missing: told.gatherers.find(({ section }) => section === 'middleware')?.reason ?? 'not-gathered' };
  const rows = middleware.rows.map((row) => instanceOf(row, told));
  return { value: { rows, total: rows.length + middleware.dropped } };
}

function instanceOf(row: Inventory, told: Told): MiddlewareInstance {
  const own = ownRow(told.sections, row);
  const items = itemsOf(row, told);
  const settings = settingsOf(told.sections, row.instance);
  return {
    name: row.instance,
    product: TITLES[row.product],
    vendor: OF_TONGTECH.has(row.product) ? 'tongtech' : 'other',
    version: row.version,
    mode: row.mode,
    deployment: row.place === 'cluster' ? 'container' : 'host',
    node: row.node,
    namespace: row.namespace,
    ports: portsOf(told.sections, row.instance),
    // One that did not answer may run all the same: only an answer is known.
    running: flag(own, 'running') ?? (row.answered > 0 ? true : undefined),
    startedAt: number(own, 'startedAt'),
    license: licenseOf(own),
    items,
    ...(settings.length > 0 && { settings }),
    ...poolsOf(told.sections, row.instance),
    ...(row.reach !== 'ok' && {
      gap: { product: row.product, reach: row.reach, looksLike: row.looksLike, unanswered: items.filter(({ verdict }) => verdict === 'unknown').length },
    }),
  };
}

/** The row of the product's own section, its columns by name. */
function ownRow(sections: SomeSections, { product, instance }: Inventory): Readonly<Record<string, unknown>> | undefined {
  const own: Readonly<Partial<Record<ProductSectionName, { readonly rows: readonly { readonly instance: string }[] } | undefined>>> = sections;
  return own[productSectionName(product)]?.rows.find((row) => row.instance === instance) as Readonly<Record<string, unknown>> | undefined;
}
function number(row: Readonly<Record<string, unknown>> | undefined, key: string): number | undefined {
  const value = row?.[key];
  return typeof value === 'number' ? value : undefined;
}
function flag(row: Readonly<Record<string, unknown>> | undefined, key: string): boolean | undefined {
  const value = row?.[key];
  return typeof value === 'boolean' ? value : undefined;
}
function licenseOf(row: Readonly<Record<string, unknown>> | undefined): MiddlewareInstance['license'] {
  const endsAt = number(row, 'licenseEndsAt');
  const never = flag(row, 'licenseNever');
  const kind = row?.['licenseKind'];
  if (endsAt === undefined && never === undefined && kind === undefined) return undefined;
  return { kind: typeof kind === 'string' ? kind : undefined, endsAt, never };
}
function portsOf({ middlewareTongweb }: SomeSections, instance: string): readonly number[] | undefined {
  const ports = (middlewareTongweb?.listeners ?? []).filter((one) => one.instance === instance).flatMap(({ port }) => port ?? []);
  return ports.length > 0 ? [...new Set(ports)].sort((a, b) => a - b) : undefined;
}

function poolsOf({ middlewareTongweb }: SomeSections, instance: string): Pick<MiddlewareInstance, 'listeners' | 'datasources'> {
  const listeners = (middlewareTongweb?.listeners ?? []).filter((one) => one.instance === instance);
  const datasources = (middlewareTongweb?.datasources ?? []).filter((one) => one.instance === instance);
  return {
    ...(listeners.length > 0 && {
      listeners: listeners.map(({ use, port, tls, maxThreads, busyThreads, maxConnections, connections, waiting, averageMs }) => {
        return { use, port, tls, maxThreads, busyThreads, maxConnections, connections, waiting, averageMs };
      }),
    }),
    ...(datasources.length > 0 && {
      datasources: datasources.map(({ engine, maxActive, minIdle, active, waiting, leaks, validated, leakDetection }, index) => {
        return { number: index + 1, engine, maxActive, minIdle, active, waiting, leaks, validated, leakDetection };
      }),
    }),
  };
}

const MOST_SETTINGS = 100;
/** By key; where members differ each value once. */
function settingsOf({ middlewareSettings }: SomeSections, instance: string): readonly InstanceSetting[] {
  const byKey = Map.groupBy(
    (middlewareSettings?.rows ?? []).filter((row) => row.instance === instance),
    ({ key }) => key,
  );
  return [...byKey]
    .map(([key, rows]) => ({ key, values: [...new Set(rows.flatMap(({ number: amount, flag: isOn, word, version }) => amount ?? isOn ?? word ?? version ?? []))] }))
    .filter(({ values }) => values.length > 0)
    .toSorted((one, other) => (one.key < other.key ? -1 : 1))
    .slice(0, MOST_SETTINGS);
}

function itemsOf(row: Inventory, told: Told): MiddlewareItem[] {
  const texts = new Map(told.checkTexts.map((check) => [check.id, check]));
  const alone = told.instanceVerdicts?.find(({ instance }) => instance === row.instance)?.verdicts;
  const own = Map.groupBy(
    told.findings.filter(({ scope }) => instanceInScope(scope) === row.instance),
    ({ check }) => check,
  );
  const found = new Map([...own].flatMap(([check, [first]]) => (first ? [[check, first] as const] : [])));
  const logged = logItems(row, told.sections, found, texts);
  const listed = new Set(logged.flatMap(({ check }) => check ?? []));
  const verdicts = alone ?? told.verdicts.filter(({ check }) => isAbout(check, row.product));
  const items = verdicts.flatMap((verdict): MiddlewareItem[] => {
    const text = texts.get(verdict.check);
    const { group } = text ?? {};
    const findings = own.get(verdict.check) ?? [];
    if (!text || !group || verdict.verdict === 'not-applicable' || listed.has(verdict.check)) return [];
    if (verdict.verdict === 'fail' && findings.length === 0) return []; // accepted, or about another instance
    return (findings.length > 0 ? findings : [undefined]).map((finding) => {
      const value = finding?.observed ?? measured(verdict.check, told.sections, row.instance);
      const key = finding?.scope.kind === 'Setting' ? settingParts(finding.scope.name)?.key : undefined;
      return {
        group,
        name: verdict.check,
        ...(key !== undefined && { part: key }),
        title: text.title,
        remedy: text.remedy,
        observed: Array.isArray(value) ? value.join(', ') : (value as string | number | boolean | undefined),
        advised: finding ? limitOf(finding.threshold) : text.limit,
        unit: finding?.unit ?? text.unit ?? unitOf(verdict.check),
        verdict: finding ? 'fail' : verdict.verdict,
        severity: finding?.severity ?? verdict.severity,
        reason: verdict.reason,
        check: verdict.check,
        source: text.source,
      };
    });
  });
  return [...items, ...logged];
}
function limitOf(threshold: Finding['threshold']): string | number | boolean | undefined {
  return Array.isArray(threshold) ? threshold.join(', ') : (threshold as string | number | boolean | undefined);
}
function isAbout(check: string, product: Product): boolean {
  return check.startsWith(`${product}-`) || check.startsWith('middleware-');
}
/** The measures that are no finding are shares of something, or times. */
function unitOf(check: string): MiddlewareItem['unit'] {
  if (/(high|saturated|rate|memory)$/.test(check)) return 'percent';
  if (check.endsWith('-expiring')) return 'days';
  if (check.endsWith('disk-low') || check.endsWith('heap-too-small')) return 'bytes';
  return check.endsWith('-slow') ? 'milliseconds' : 'count';
}

/** Patterns that occurred, each with its count; the oldest and newest time stand in the section. */
function logItems(
  { product, instance }: Inventory,
  { middlewareTongweb }: SomeSections,
  found: ReadonlyMap<string, Finding>,
  texts: ReadonlyMap<string, ReportCheck>,
): MiddlewareItem[] {
  if (product !== 'tongweb') return [];
  const rows = (middlewareTongweb?.logPatterns ?? []).filter((row) => row.instance === instance && (row.count > 0 || GRAVE.has(row.pattern)));
  return rows.map(({ pattern, count, lastAt }): MiddlewareItem => {
    const check = PATTERN_CHECKS[pattern] === undefined ? undefined : `${product}-${PATTERN_CHECKS[pattern]}`;
    const finding = check === undefined || count === 0 ? undefined : found.get(check);
    const severity: Severity = finding?.severity ?? 'info';
    return {
      group: 'log',
      name: pattern,
      observed: count,
      unit: 'count',
      verdict: finding ? 'fail' : 'pass',
      severity,
      check,
      remedy: check === undefined ? undefined : texts.get(check)?.remedy,
      source: 'server.log',
      ...(count > 0 && lastAt !== undefined && { lastAt }),
    };
  });
}
/** Told also when they did not occur: that they were looked for is worth a line. */
const GRAVE: ReadonlySet<string> = new Set([
  'oom-heap',
  'oom-metaspace',
  'oom-native-thread',
  'too-many-open-files',
  'pool-empty',
  'hung-thread',
  'connection-leak',
  'start-failed',
]);
