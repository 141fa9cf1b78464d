/** RocketMQ's bodies, reduced to counts. Pure; foreign text is never trusted to have a shape. */
import { ROCKETMQ_SETTINGS } from '../../../wire/sections/middleware/rocketmq.ts';
import { toVersion } from '../../../wire/version.ts';
import { at, countAt, listAt, numberAt, textAt } from '../json.ts';

const MOST_SETS = 500;
const MOST_GROUPS = 2_000;
const MOST_QUEUES = 20_000;
const MOST_LINES = 5_000;
/** Read beside the allow-list: which brokers belong together. Ends in the gatherer. */
const ALSO_READ = new Set(['brokerName', 'brokerId', 'brokerClusterName']);

/** Brokers of one name: the master has the id 0. Clear names, which end in the gatherer. */
export type BrokerSets = ReadonlyMap<string, ReadonlySet<string>>;
export function brokerSets(body: string): BrokerSets | undefined {
  const table = at(parsed(body), 'brokerAddrTable');
  if (typeof table !== 'object' || table === null) return undefined;
  return new Map(
    Object.entries(table)
      .slice(0, MOST_SETS)
      .map(([name, value]) => [name, new Set(Object.keys(objectOf(at(value, 'brokerAddrs'))))]),
  );
}
export function topicCounts(body: string): { readonly topics: number; readonly deadLetterTopics: number } | undefined {
  const topics = at(parsed(body), 'topicList');
  if (!Array.isArray(topics)) return undefined;
  return { topics: topics.length, deadLetterTopics: topics.filter((topic) => typeof topic === 'string' && topic.startsWith('%DLQ%')).length };
}

export interface Runtime {
  readonly version?: string | undefined;
  readonly bootAt?: number | undefined;
  readonly commitLogEnd?: number | undefined;
  readonly diskUsedPercent?: number | undefined;
  readonly dispatchBehindBytes?: number | undefined;
  readonly slowPutPercent?: number | undefined;
  readonly sendWaitMs?: number | undefined;
  readonly pageCacheLockMs?: number | undefined;
  readonly putFailures?: number | undefined;
}
export function runtimeOf(body: string): Runtime | undefined {
  const table = at(parsed(body), 'table');
  if (typeof table !== 'object' || table === null || textAt(table, 'brokerVersionDesc') === undefined) return undefined;
  const ratio = numberAt(table, 'commitLogDiskRatio');
  const boot = numberAt(table, 'bootTimestamp');
  return {
    version: toVersion(/^V(\d+(?:_\d+){1,3})/.exec(textAt(table, 'brokerVersionDesc') ?? '')?.[1]?.replaceAll('_', '.')),
    bootAt: boot === undefined ? undefined : Math.floor(boot / 1_000),
    commitLogEnd: countAt(table, 'commitLogMaxOffset'),
    diskUsedPercent: ratio === undefined || ratio > 1 ? undefined : ratio * 100,
    dispatchBehindBytes: numberAt(table, 'dispatchBehindBytes'),
    slowPutPercent: slowShare(textAt(table, 'putMessageDistributeTime')),
    sendWaitMs: numberAt(table, 'sendThreadPoolQueueHeadWaitTimeMills'),
    pageCacheLockMs: numberAt(table, 'pageCacheLockTimeMills'),
    putFailures: countAt(table, 'putMessageFailedTimes'),
  };
}
/** Of `[<=0ms]:3 [0~10ms]:9 … [500ms~1s]:0 [1~2s]:0 …`, the last minute's writes; none at all are not slow. */
export function slowShare(distribution: string | undefined): number | undefined {
  const buckets = [...(distribution ?? '').matchAll(/\[([^\]]{1,20})\]:(\d{1,15})/g)].map(([, label = '', count = '']) => ({
    slow: /^500ms~|^\d+~\d+s$|^\d+s~$/.test(label),
    count: Number(count),
  }));
  if (buckets.length === 0) return undefined;
  const sum = (of: readonly { readonly count: number }[]): number => of.reduce((total, { count }) => total + count, 0);
  const total = sum(buckets);
  return total === 0 ? 0 : (sum(buckets.filter(({ slow }) => slow)) / total) * 100;
}

/** `key=value` lines of the configuration, allow-listed keys only. */
export function configOf(body: string): ReadonlyMap<string, string> {
  return new Map(
    body.split('\n', MOST_LINES).flatMap((line) => {
      const [, key = '', value = ''] = /^([A-Za-z0-9]{1,80})=(.{0,200})$/.exec(line.trimEnd()) ?? [];
      return Object.hasOwn(ROCKETMQ_SETTINGS, key) || ALSO_READ.has(key) ? [[key, value] as const] : [];
    }),
  );
}

/** By group (clear, ends in the gatherer): messages that this broker has and the group has not consumed. */
export type Lags = ReadonlyMap<string, { readonly lag: number; readonly retryLag: number }>;
export function lagsOf(body: string): Lags | undefined {
  const answer = parsed(body);
  if (at(answer, 'consumeStatsList') === undefined) return undefined;
  const lags = new Map<string, { lag: number; retryLag: number }>();
  for (const entry of listAt(answer, MOST_GROUPS, 'consumeStatsList'))
    for (const [group, stats] of Object.entries(objectOf(entry))) {
      const sum = lags.get(group) ?? { lag: 0, retryLag: 0 };
      for (const one of Array.isArray(stats) ? stats : []) addLag(sum, at(one, 'offsetTable'));
      lags.set(group, sum);
    }
  return lags;
}
function addLag(sum: { lag: number; retryLag: number }, table: unknown): void {
  for (const [queue, offsets] of Object.entries(objectOf(table)).slice(0, MOST_QUEUES)) {
    const behind = Math.max(0, (countAt(offsets, 'brokerOffset') ?? 0) - (countAt(offsets, 'consumerOffset') ?? 0));
    if (/"topic":"%RETRY%/.test(queue)) sum.retryLag += behind;
    else sum.lag += behind;
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(strictJson(body)) as unknown;
  } catch {
    return undefined;
  }
}
function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}

/**
 * What fastjson writes, as JSON: keys that are numbers or objects (`{0:"…"}`, `{{"topic":"…"}:{…}}`) become strings of their
 * text. Anything else is copied, for `JSON.parse` to judge.
 */
export function strictJson(text: string): string {
  const out: string[] = [];
  const open: string[] = [];
  let isKey = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    let end = index;
    if (char === '"') end = endOfString(text, index);
    else if (isKey && char === '{') end = endOfObject(text, index);
    else if (isKey && /[-0-9]/.test(char)) while (/[0-9]/.test(text.charAt(end + 1))) end += 1;
    const piece = text.slice(index, end + 1);
    out.push(isKey && char !== '"' && (end > index || /[0-9]/.test(char)) ? JSON.stringify(piece) : piece);
    isKey = char === '"' ? false : keyFollows(char, end > index, open, isKey);
    index = end;
  }
  return out.join('');
}
/** Whether the next thing is the key of a member. */
function keyFollows(char: string, isWhole: boolean, open: string[], before: boolean): boolean {
  if (isWhole || /\d/.test(char)) return false;
  if (char === '{' || char === '[') open.push(char);
  if (char === '}' || char === ']') open.pop();
  if (char === '{') return true;
  if (char === ',') return open.at(-1) === '{';
  return /\s/.test(char) ? before : false;
}
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text.charAt(index) === '\\') index += 1;
    else if (text.charAt(index) === '"') return index;
  }
  return text.length - 1;
}
function endOfObject(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === '"') index = endOfString(text, index);
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return text.length - 1;
}
