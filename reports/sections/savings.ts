/** What could be given back of a cluster, and by which way. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout } from '../blocks.ts';
import type { Costs } from '../facts/service.ts';
import { formatBytes, formatNumber, plural, say } from '../format.ts';
import { MARGIN_PERCENT, spareOf } from '../oversized.ts';

interface Saved {
  readonly millicores: number;
  readonly memoryBytes: number;
  readonly storageBytes: number;
}
/** What could be given back, by the way it is had. What is on an idle node may be oversized too: the ways are never added up. */
interface Savings {
  readonly nodes: Saved;
  /** Left out where the sums of workloads and nodes contradict each other. */
  readonly requests: Saved | undefined;
  readonly volumes: Saved;
}
export const NONE_SAVED: Saved = { millicores: 0, memoryBytes: 0, storageBytes: 0 };
export function savings(costs: Costs): Savings {
  const { idleNodes = [], oversized = [], orphanedVolumes = [] } = costs;
  const add = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const spare = oversized.map(spareOf);
  const requests = { ...NONE_SAVED, millicores: add(spare.map(({ millicores }) => millicores)), memoryBytes: add(spare.map(({ bytes }) => bytes)) };
  return {
    nodes: { ...NONE_SAVED, millicores: add(idleNodes.map(({ millicores }) => millicores)), memoryBytes: add(idleNodes.map(({ bytes }) => bytes)) },
    requests: contradicts(costs, requests) ? undefined : requests,
    volumes: { ...NONE_SAVED, storageBytes: add(orphanedVolumes.map(({ bytes }) => bytes)) },
  };
}
/** Pods come and go while an inspection reads: below this share two sums of one thing agree. */
const AGREES_WITHIN = 0.05;
/** Nobody can give back more than nodes carry, and workloads and nodes are two sums of the same pods. */
function contradicts({ requestedMillicores, requestedBytes, askedByWorkloads }: Costs, { millicores, memoryBytes }: Saved): boolean {
  const differs = (one: number, other: number): boolean => Math.abs(one - other) > Math.max(one, other) * AGREES_WITHIN;
  return (
    millicores > requestedMillicores ||
    memoryBytes > requestedBytes ||
    (askedByWorkloads !== undefined && (differs(askedByWorkloads.millicores, requestedMillicores) || differs(askedByWorkloads.bytes, requestedBytes)))
  );
}
export function contradiction(costs: Costs, locale: Locale): readonly Block[] {
  if (savings(costs).requests !== undefined) return [];
  const { requestedMillicores, requestedBytes, askedByWorkloads, workloads } = costs;
  const sum = (values: readonly number[] | undefined): number => values?.reduce((total, value) => total + value, 0) ?? 0;
  const millicores = askedByWorkloads?.millicores ?? sum(workloads?.rows.map((row) => row.requestedMillicores));
  const bytes = askedByWorkloads?.bytes ?? sum(workloads?.rows.map((row) => row.requestedBytes));
  const amount = (one: number, other: number): string => `${formatNumber(tenths(one / 1_000))} ${say(locale, '核', 'cores')} / ${formatBytes(other)}`;
  return [
    callout(
      'unknown',
      say(locale, '两种统计不一致', 'Figures that do not match'),
      say(
        locale,
        `各工作负载的申请合计（${amount(millicores, bytes)}）与各节点上 Pod 的申请合计（${amount(requestedMillicores, requestedBytes)}）不一致，核对采集数据之前不给出下调申请可回收的合计。`,
        `Workload requests add up to ${amount(millicores, bytes)}, pod requests on the nodes to ${amount(requestedMillicores, requestedBytes)}. Until the difference is explained, no total is given for savings from lower requests.`,
      ),
    ),
  ];
}

/** Only what there is: a report does not list nothing. */
export function givenBack({ nodes, requests = NONE_SAVED, volumes }: Savings, locale: Locale): string {
  const parts = [
    [
      say(locale, `下调超配工作负载的申请（保留 ${MARGIN_PERCENT} % 余量）可回收约`, `lowering requests of oversized workloads (keeping a ${MARGIN_PERCENT} % margin) frees about`),
      amounts(requests, locale),
    ] as const,
    [say(locale, '下线闲置节点可释放约', 'removing idle nodes frees about'), amounts(nodes, locale)] as const,
    [say(locale, '清理无主存储卷可释放约', 'deleting unclaimed volumes frees about'), amounts(volumes, locale)] as const,
  ].flatMap(([how, what]) => (what === '' ? [] : [`${how} ${what}`]));
  if (parts.length === 0) return say(locale, '在已计量的部分没有发现可回收的资源。', 'No reclaimable resources were found in what was measured.');
  const sentence = parts.join(say(locale, '；', '; '));
  return say(locale, `${sentence}。`, `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`);
}
function amounts({ millicores, memoryBytes, storageBytes }: Saved, locale: Locale): string {
  return [
    ...(millicores >= 50 ? [say(locale, `${formatNumber(tenths(millicores / 1_000))} 核`, plural(tenths(millicores / 1_000), 'core'))] : []),
    ...(memoryBytes > 0 ? [say(locale, `${formatBytes(memoryBytes)} 内存`, `${formatBytes(memoryBytes)} of memory`)] : []),
    ...(storageBytes > 0 ? [say(locale, `${formatBytes(storageBytes)} 存储`, `${formatBytes(storageBytes)} of storage`)] : []),
  ].join(say(locale, '、', ', '));
}
function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
