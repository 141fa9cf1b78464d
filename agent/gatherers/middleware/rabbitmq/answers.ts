/** Answers of RabbitMQ's management API, reduced to counts. Pure; foreign JSON is never trusted to have a shape. */
import type { Sections } from '../../../wire/section-values.ts';
import { toVersion } from '../../../wire/version.ts';
import { at, countAt, flagAt, listAt, numberAt, percentOf, textAt } from '../json.ts';

type Row = Sections['middlewareRabbitmq']['rows'][number];
type MemberRow = Sections['middlewareRabbitmq']['members'][number];
const MOST_NODES = 100;
/** Queues of one page: the fullest of them. */
export const PAGE = 500;
const SERVING = new Set(['running', 'idle', 'flow', 'live']);

export function overviewFacts(overview: unknown): Partial<Row> {
  return {
    version: toVersion(textAt(overview, 'rabbitmq_version')),
    erlang: toVersion(textAt(overview, 'erlang_version')),
    connections: countAt(overview, 'object_totals', 'connections'),
    queues: countAt(overview, 'object_totals', 'queues'),
    readyMessages: countAt(overview, 'queue_totals', 'messages_ready') ?? (at(overview, 'queue_totals') === undefined ? undefined : 0),
    unackedMessages: countAt(overview, 'queue_totals', 'messages_unacknowledged') ?? (at(overview, 'queue_totals') === undefined ? undefined : 0),
    unroutableMessages:
      at(overview, 'message_stats') === undefined
        ? undefined
        : (countAt(overview, 'message_stats', 'return_unroutable') ?? 0) + (countAt(overview, 'message_stats', 'drop_unroutable') ?? 0),
  };
}

/** @param nodes `undefined` when they were refused */
export function nodeFacts(nodes: unknown): Pick<Row, 'nodes' | 'runningNodes' | 'partitionedNodes'> {
  if (!Array.isArray(nodes)) return {};
  const list = nodes.slice(0, MOST_NODES);
  return {
    nodes: nodes.length,
    runningNodes: list.filter((node) => flagAt(node, 'running') === true).length,
    partitionedNodes: list.filter((node) => listAt(node, 1, 'partitions').length > 0).length,
  };
}
export function nodeRows(instance: string, nodes: unknown): MemberRow[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.slice(0, MOST_NODES).flatMap((node): MemberRow[] => {
    const member = textAt(node, 'name');
    if (member === undefined) return [];
    const uptimeMs = numberAt(node, 'uptime');
    return [
      {
        instance,
        member,
        role: 'node',
        reach: 'ok',
        running: flagAt(node, 'running'),
        uptimeSeconds: uptimeMs === undefined ? undefined : Math.floor(uptimeMs / 1_000),
        memoryPercent: percentOf(numberAt(node, 'mem_used'), numberAt(node, 'mem_limit')),
        memoryAlarm: flagAt(node, 'mem_alarm'),
        diskFreeBytes: numberAt(node, 'disk_free'),
        diskLimitBytes: numberAt(node, 'disk_free_limit'),
        diskAlarm: flagAt(node, 'disk_free_alarm'),
        descriptorsPercent: percentOf(numberAt(node, 'fd_used'), numberAt(node, 'fd_total')),
        processesPercent: percentOf(numberAt(node, 'proc_used'), numberAt(node, 'proc_total')),
      },
    ];
  });
}

/** @param page the fullest queues first @param clustered whether a queue could have a replica at all */
export function queueFacts(page: unknown, clustered: boolean): Partial<Row> {
  if (!Array.isArray(at(page, 'items'))) return {};
  const queues = listAt(page, PAGE, 'items');
  const largest = (key: string): number => Math.max(0, ...queues.map((queue) => countAt(queue, key) ?? 0));
  return {
    queues: countAt(page, 'total_count'),
    queuesSeen: queues.length,
    fullestReady: largest('messages_ready'),
    fullestUnacked: largest('messages_unacknowledged'),
    unconsumedQueues: queues.filter((queue) => (countAt(queue, 'messages_ready') ?? 0) > 0 && countAt(queue, 'consumers') === 0).length,
    downQueues: queues.filter((queue) => !SERVING.has(textAt(queue, 'state') ?? 'running')).length,
    mirroredQueues: queues.filter(isMirrored).length,
    ...(clustered && {
      unreplicatedQueues: queues.filter((queue) => flagAt(queue, 'durable') === true && !isMirrored(queue) && (textAt(queue, 'type') ?? 'classic') === 'classic').length,
    }),
  };
}
function isMirrored(queue: unknown): boolean {
  return at(queue, 'effective_policy_definition', 'ha-mode') !== undefined || listAt(queue, 1, 'slave_nodes').length > 0;
}
