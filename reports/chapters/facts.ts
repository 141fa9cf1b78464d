/** Tables of facts that more than one chapter shows. A missing part says why it is missing. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block, Cell, TableBlock } from '../blocks.ts';
import { callout, figures, words } from '../blocks.ts';
import { formatBytes, formatDuration, formatGib, formatNumber, NO_VALUE, say } from '../format.ts';
import type { ComponentFacts, CpuFacts, Fact, FilesystemFacts, HostFacts, MachinePlatform, MemoryFacts, NodeFacts, Rows } from '../model.ts';
import { missingWords, OK_MARK, rowsShown, SEVERITY_MARKS, UNKNOWN_MARK } from '../words.ts';

/** Rows of a node table; the rest is in the model and in the spreadsheet. */
const MOST_NODES = 30;
const MOST_FILESYSTEMS = 12;
/** Percent used, as `disk-space-low` and `disk-inodes-low` judge by default. */
const SPACE = { warning: 85, critical: 95 } as const;
const INODES = { warning: 95, critical: 97 } as const;

/** A table with one row a fact: name and value. Facts without a value are left out. */
export function factTable(title: string, facts: readonly (readonly [string, string | undefined])[], locale: Locale): TableBlock {
  const rows = facts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[{ text: name }, { text: value }]]));
  return {
    type: 'table',
    title,
    columns: [words(say(locale, '项目', 'Item'), 'text', 3), words(say(locale, '内容', 'Value'), 'name', 7)],
    rows,
    total: rows.length,
    empty: say(locale, '没有采集到内容。', 'Nothing was gathered.'),
  };
}
/** What stands where a fact should be. */
export function gap(title: string, fact: Fact<unknown> | undefined, locale: Locale): Block {
  return callout('unknown', title, `${missingWords(fact && 'missing' in fact ? fact.missing : 'not-gathered', locale)}${say(locale, '。', '.')}`);
}

/** @param critical from where on the problem list calls it critical */
export function percentCell(value: number | undefined, limit = 80, critical = Number.POSITIVE_INFINITY): Cell {
  if (value === undefined || !Number.isFinite(value)) return { text: NO_VALUE };
  const text = formatNumber(Number(value.toPrecision(3)));
  const tone = value >= critical ? 'critical' : 'warning';
  return value >= limit ? { text: `${SEVERITY_MARKS[tone].shape} ${text}`, value, tone } : { text, value };
}
export function numberCell(value: number | undefined): Cell {
  return value === undefined ? { text: NO_VALUE } : { text: formatNumber(value), value };
}

function stateOf(node: NodeFacts, locale: Locale): Cell {
  if (node.ready === undefined) return { text: `${UNKNOWN_MARK.shape} ${UNKNOWN_MARK.word[locale]}`, tone: 'unknown' };
  if (!node.ready) return { text: `${SEVERITY_MARKS.critical.shape} NotReady`, tone: 'critical' };
  if (node.schedulable === false) return { text: `${SEVERITY_MARKS.info.shape} ${say(locale, '停止调度', 'Cordoned')}`, tone: 'info' };
  return { text: `${OK_MARK.shape} Ready`, tone: 'ok' };
}

/** Nodes with state, capacity and allocation: those in trouble first. */
export function nodesTable(nodes: readonly NodeFacts[], total: number, title: string, empty: string, locale: Locale): TableBlock {
  const sorted = nodes.toSorted((a, b) => troubleOf(b) - troubleOf(a) || (a.name < b.name ? -1 : 1));
  return {
    type: 'table',
    title,
    columns: [
      words(say(locale, '节点', 'Node'), 'name', 4),
      words(say(locale, '状态', 'State'), 'status', 3),
      words('kubelet', 'text', 2),
      figures(say(locale, 'CPU（核）', 'CPU (cores)'), 2),
      figures(say(locale, '内存（GiB）', 'Memory (GiB)'), 2),
      figures(say(locale, 'CPU 申请（%）', 'CPU requested (%)'), 2),
      figures(say(locale, '内存申请（%）', 'Memory requested (%)'), 2),
      figures(say(locale, 'Pod / 上限', 'Pods / limit'), 2.4),
    ],
    rows: sorted
      .slice(0, rowsShown(sorted.length, MOST_NODES))
      .map((node) => [
        { text: node.name },
        stateOf(node, locale),
        { text: node.kubelet ?? NO_VALUE },
        node.cpuMillicores === undefined ? { text: NO_VALUE } : { text: formatNumber(node.cpuMillicores / 1000), value: node.cpuMillicores / 1000 },
        { text: formatGib(node.memoryBytes), value: node.memoryBytes },
        percentCell(node.cpuRequestPercent, 90),
        percentCell(node.memoryRequestPercent, 90),
        { text: node.pods === undefined && node.podCapacity === undefined ? NO_VALUE : `${node.pods ?? NO_VALUE} / ${node.podCapacity ?? NO_VALUE}` },
      ]),
    total,
    empty,
  };
}
function troubleOf({ ready, schedulable, memoryRequestPercent = 0 }: NodeFacts): number {
  return (ready === false ? 10_000 : 0) + (schedulable === false ? 1_000 : 0) + Math.min(memoryRequestPercent, 500);
}

/** Components with how many of them are ready; those in trouble first. */
export function componentsTable({ rows, total }: Rows<ComponentFacts>, title: string, empty: string, locale: Locale): TableBlock {
  const led = rows.some(({ leaderChanges }) => leaderChanges !== undefined);
  const sorted = rows.toSorted((a, b) => COMPONENT_ORDER.indexOf(conditionOf(a)) - COMPONENT_ORDER.indexOf(conditionOf(b)));
  return {
    type: 'table',
    title,
    columns: [
      words(say(locale, '组件', 'Component'), 'name', 4),
      words(say(locale, '状态', 'State'), 'status', 3),
      { ...words(say(locale, '版本', 'Version'), 'text', 2), optional: true },
      figures(say(locale, '就绪 / 实例', 'Ready / instances'), 2),
      ...(led ? [figures(say(locale, '换主（次）', 'Leader changes'), 2)] : []),
    ],
    rows: sorted
      .slice(0, rowsShown(sorted.length, MOST_COMPONENTS))
      .map((component) => [
        { text: component.name },
        conditionCell(conditionOf(component), locale),
        { text: component.version ?? NO_VALUE },
        { text: component.instances === undefined ? NO_VALUE : `${component.ready ?? NO_VALUE} / ${component.instances}` },
        ...(led ? [numberCell(component.leaderChanges)] : []),
      ]),
    total,
    empty,
  };
}
const MOST_COMPONENTS = 30;
const COMPONENT_ORDER = ['down', 'partly', 'unknown', 'ok'] as const;
function conditionOf({ instances, ready, healthy }: ComponentFacts): (typeof COMPONENT_ORDER)[number] {
  if (healthy === false) return 'down';
  if (instances === undefined || ready === undefined) return healthy ? 'ok' : 'unknown';
  if (ready >= instances) return 'ok';
  return ready === 0 ? 'down' : 'partly';
}
function conditionCell(condition: (typeof COMPONENT_ORDER)[number], locale: Locale): Cell {
  switch (condition) {
    case 'ok':
      return { text: `${OK_MARK.shape} ${OK_MARK.word[locale]}`, tone: 'ok' };
    case 'partly':
      return { text: `${SEVERITY_MARKS.warning.shape} ${say(locale, '部分未就绪', 'not all ready')}`, tone: 'warning' };
    case 'down':
      return { text: `${SEVERITY_MARKS.critical.shape} ${say(locale, '不可用', 'down')}`, tone: 'critical' };
    case 'unknown':
      return { text: `${UNKNOWN_MARK.shape} ${UNKNOWN_MARK.word[locale]}`, tone: 'unknown' };
    default:
      return condition satisfies never;
  }
}

/** What a machine is and how full it is. */
export function hostFactBlocks(host: HostFacts, locale: Locale): readonly Block[] {
  const { system, cpu, memory, filesystems } = host;
  const facts: [string, string | undefined][] = [];
  if ('value' in system) {
    const { os, kernel, architecture, platform, uptimeSeconds } = system.value;
    facts.push([say(locale, '操作系统', 'Operating system'), os], [say(locale, '内核', 'Kernel'), kernel], [say(locale, '架构', 'Architecture'), architecture]);
    facts.push(
      [say(locale, '形态', 'Platform'), platform && platformWords(platform, locale)],
      [say(locale, '已运行', 'Up for'), uptimeSeconds === undefined ? undefined : formatDuration(uptimeSeconds, locale)],
    );
  } else facts.push([say(locale, '操作系统', 'Operating system'), missingWords(system.missing, locale)]);
  if ('value' in cpu) facts.push([say(locale, '处理器', 'Processors'), cpuWords(cpu.value, locale)]);
  else facts.push([say(locale, '处理器', 'Processors'), missingWords(cpu.missing, locale)]);
  if ('value' in memory) facts.push([say(locale, '内存', 'Memory'), memoryWords(memory.value, locale)]);
  else facts.push([say(locale, '内存', 'Memory'), missingWords(memory.missing, locale)]);
  const table = factTable(say(locale, `被检主机 ${host.name}`, `Inspected host ${host.name}`), facts, locale);
  const disks =
    'value' in filesystems
      ? filesystemsTable(host.name, filesystems.value, locale)
      : gap(say(locale, `${host.name} 的文件系统`, `File systems of ${host.name}`), filesystems, locale);
  return [table, disks];
}

function platformWords({ kind, by }: MachinePlatform, locale: Locale): string {
  const word = { physical: say(locale, '物理机', 'Bare metal'), virtual: say(locale, '虚拟机', 'Virtual machine'), container: say(locale, '容器', 'Container') }[kind];
  return by === undefined ? word : say(locale, `${word}（${by}）`, `${word} (${by})`);
}
function cpuWords({ cores, busyPercent, iowaitPercent, load5 }: CpuFacts, locale: Locale): string {
  const parts = [
    cores === undefined ? undefined : say(locale, `${formatNumber(cores)} 核`, `${formatNumber(cores)} cores`),
    busyPercent === undefined ? undefined : say(locale, `使用率 ${formatNumber(busyPercent)} %（主机读数）`, `${formatNumber(busyPercent)} % busy (read on the host)`),
    iowaitPercent === undefined ? undefined : say(locale, `I/O 等待 ${formatNumber(iowaitPercent)} %`, `${formatNumber(iowaitPercent)} % I/O wait`),
    load5 === undefined ? undefined : say(locale, `5 分钟负载 ${formatNumber(load5)}`, `load ${formatNumber(load5)} over 5 min`),
  ];
  return parts.filter((part) => part !== undefined).join(say(locale, '，', ', '));
}
function memoryWords({ totalBytes, usedPercent, swapUsedBytes }: MemoryFacts, locale: Locale): string {
  const parts = [
    totalBytes === undefined ? undefined : formatBytes(totalBytes),
    usedPercent === undefined ? undefined : say(locale, `已用 ${formatNumber(usedPercent)} %（主机读数）`, `${formatNumber(usedPercent)} % used (read on the host)`),
    swapUsedBytes === undefined || swapUsedBytes === 0 ? undefined : say(locale, `交换分区已用 ${formatBytes(swapUsedBytes)}`, `${formatBytes(swapUsedBytes)} of swap used`),
  ];
  return parts.filter((part) => part !== undefined).join(say(locale, '，', ', '));
}

function filesystemsTable(host: string, filesystems: Rows<FilesystemFacts>, locale: Locale): TableBlock {
  const fullest = filesystems.rows.toSorted(
    (a, b) => Math.max(b.usedPercent ?? 0, b.inodesUsedPercent ?? 0) - Math.max(a.usedPercent ?? 0, a.inodesUsedPercent ?? 0) || (a.mount < b.mount ? -1 : 1),
  );
  return {
    type: 'table',
    title: say(locale, `${host} 的文件系统`, `File systems of ${host}`),
    columns: [
      words(say(locale, '挂载点', 'Mount'), 'name', 6),
      words(say(locale, '类型', 'Type'), 'text', 2),
      figures(say(locale, '容量（GiB）', 'Size (GiB)'), 2),
      figures(say(locale, '空间使用率（%）', 'Space used (%)'), 2),
      figures(say(locale, 'inode 使用率（%）', 'Inodes used (%)'), 2),
    ],
    rows: fullest
      .slice(0, rowsShown(fullest.length, MOST_FILESYSTEMS))
      .map(({ mount, type, sizeBytes, usedPercent, inodesUsedPercent }) => [
        { text: mount },
        { text: type ?? NO_VALUE },
        { text: formatGib(sizeBytes), value: sizeBytes },
        percentCell(usedPercent, SPACE.warning, SPACE.critical),
        percentCell(inodesUsedPercent, INODES.warning, INODES.critical),
      ]),
    total: filesystems.total,
    empty: say(locale, '没有采集到文件系统。', 'No file system was gathered.'),
  };
}
