/** Lists about operating systems: by node, key packages, published defects. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { calendarDayCell, countCell, dateCell, textCell } from '../cells.ts';
import type { AdvisoryMatch, NodeSystem, PackageVersions } from '../facts/middleware.ts';
import { NO_VALUE, say } from '../format.ts';
import { known } from '../model.ts';
import { yesNo } from '../service-words.ts';
import type { List } from './list.ts';
import { lifecycleState } from './outlook.ts';

/** Operating systems by node. */
export const systemsList: List<NodeSystem> = {
  id: 'systems',
  title: { zh: '操作系统', en: 'Operating systems' },
  sheet: { zh: '操作系统', en: 'Operating systems' },
  empty: { zh: '没有节点。', en: 'There is no node.' },
  pick({ systems, cluster, hosts }) {
    if (systems) return systems;
    // A plain inspection knows systems without their lifecycle.
    const nodes = known(cluster?.nodes);
    if (nodes && nodes.rows.length > 0) return { value: { rows: nodes.rows.map(({ name, os, kernel }) => ({ node: name, os, kernel })), total: nodes.total } };
    const rows = hosts.flatMap(({ name, system }) => {
      const value = known(system);
      return value ? [{ node: name, os: value.os, kernel: value.kernel, architecture: value.architecture }] : [];
    });
    return rows.length > 0 ? { value: { rows, total: rows.length } } : undefined;
  },
  columns: [
    { title: { zh: '节点', en: 'Node' }, format: 'name', weight: 3, width: 28, cell: ({ node }) => textCell(node) },
    { title: { zh: '操作系统', en: 'Operating system' }, format: 'name', weight: 4, width: 28, cell: ({ os }) => textCell(os) },
    { title: { zh: '内核', en: 'Kernel' }, format: 'name', weight: 4, width: 34, cell: ({ kernel }) => textCell(kernel) },
    { title: { zh: '架构', en: 'Architecture' }, weight: 2.2, width: 12, cell: ({ architecture }) => textCell(architecture) },
    { title: { zh: '最近更新', en: 'Updated' }, weight: 2.6, width: 14, cell: ({ updatedAt }, model) => dateCell(updatedAt, model) },
    { title: { zh: '待重启', en: 'Reboot' }, weight: 1.8, width: 12, cell: ({ rebootPending }, _model, locale) => textCell(yesNo(rebootPending, locale)) },
    { title: { zh: '停止支持', en: 'End of support' }, width: 14, cell: ({ endOfSupportAt }, model) => calendarDayCell(endOfSupportAt, model) },
    {
      title: { zh: '支持状态', en: 'Support' },
      format: 'status',
      weight: 4.4,
      width: 20,
      cell: (system, model, locale) => lifecycleState(system, model, locale),
    },
    { title: { zh: '建议升级到', en: 'Advised' }, format: 'name', width: 22, cell: ({ advised }) => textCell(advised) },
  ],
};

/** Key packages by version; those that are not the same on every machine first. */
export const packagesList: List<PackageVersions> = {
  id: 'packages',
  title: { zh: '关键软件包版本', en: 'Versions of key packages' },
  sheet: { zh: '软件包版本', en: 'Packages' },
  empty: { zh: '没有读到关键软件包。', en: 'No key package was read.' },
  pick({ packages }) {
    const value = known(packages);
    if (!value) return packages;
    const versions = Map.groupBy(value.rows, ({ name }) => name);
    const differing = ({ name }: PackageVersions): number => ((versions.get(name)?.length ?? 0) > 1 ? 0 : 1);
    return { value: { rows: value.rows.toSorted((one, other) => differing(one) - differing(other)), total: value.total } };
  },
  columns: [
    { title: { zh: '软件包', en: 'Package' }, format: 'name', weight: 3, width: 28, cell: ({ name }) => textCell(name) },
    { title: { zh: '已安装版本', en: 'Installed version' }, format: 'name', weight: 4, width: 34, cell: ({ version }) => textCell(version) },
    { title: { zh: '节点数', en: 'Nodes' }, align: 'right', weight: 1.4, width: 10, cell: ({ nodes }) => countCell(nodes.length) },
    {
      title: { zh: '节点', en: 'On' },
      format: 'name',
      weight: 5,
      width: 50,
      cell: ({ nodes }) => textCell(`${nodes.slice(0, 5).join(', ')}${nodes.length > 5 ? ' …' : ''}`),
    },
  ],
};

const ADVISORY_LEVELS = {
  critical: [{ zh: '■ 严重', en: '■ Critical' }, 'critical'],
  important: [{ zh: '▲ 重要', en: '▲ Important' }, 'warning'],
  moderate: [{ zh: '● 中等', en: '● Moderate' }, 'info'],
  low: [{ zh: '– 低', en: '– Low' }, 'neutral'],
} as const;
const ADVISORY_ORDER = ['critical', 'important', 'moderate', 'low'] as const;
/** What a fix asks for beside the command, which is the same for all and stands once beside the table. */
function stepWords({ obtainable, reboot, hotpatch, installed }: AdvisoryMatch, locale: Locale): string {
  if (installed) return say(locale, '已安装，待重启', 'Installed, reboot');
  if (!obtainable) return say(locale, '先升级 SP', 'New service pack first');
  if (hotpatch) return say(locale, '可热补丁', 'Hot patch');
  return reboot ? say(locale, '需重启', 'Install, reboot') : say(locale, '安装即可', 'Install');
}
/** The command that installs the fixes of one advisory. */
export function installCommand(id: string): string {
  return `dnf update --advisory=${id}`;
}
/** By severity, then by score. */
export function worstFirst(matches: readonly AdvisoryMatch[]): readonly AdvisoryMatch[] {
  return matches.toSorted((a, b) => ADVISORY_ORDER.indexOf(a.severity) - ADVISORY_ORDER.indexOf(b.severity) || (b.score ?? 0) - (a.score ?? 0) || (a.id < b.id ? -1 : 1));
}
/** Published defects that match what is installed, worst first. */
export const advisoriesList: List<AdvisoryMatch> = {
  id: 'advisories',
  title: { zh: '已知缺陷与修复', en: 'Known defects and their fixes' },
  sheet: { zh: '已知缺陷', en: 'Advisories' },
  empty: { zh: '导入的公告中没有与已安装软件匹配的缺陷。', en: 'No advisory of the imported feed matches what is installed.' },
  pick({ advisories }) {
    const value = known(advisories);
    if (!value) return advisories && 'missing' in advisories ? advisories : undefined;
    const rows = worstFirst(value.matches);
    return { value: { rows, total: rows.length } };
  },
  columns: [
    {
      title: { zh: '级别', en: 'Severity' },
      format: 'status',
      weight: 1.9,
      width: 12,
      cell: ({ severity }, _model, locale) => ({ text: ADVISORY_LEVELS[severity][0][locale], tone: ADVISORY_LEVELS[severity][1] }),
    },
    { title: { zh: '公告', en: 'Advisory' }, format: 'name', weight: 3.8, width: 28, cell: ({ id }) => textCell(id) },
    { title: { zh: '发布', en: 'Published' }, weight: 2.6, width: 14, cell: ({ publishedAt }, model) => dateCell(publishedAt, model) },
    {
      title: { zh: 'CVE', en: 'CVE' },
      format: 'name',
      weight: 3.2,
      width: 34,
      cell: ({ cves }) => textCell(`${cves.slice(0, 3).join(', ')}${cves.length > 3 ? ` +${cves.length - 3}` : ''}`),
    },
    {
      title: { zh: 'CVSS', en: 'CVSS' },
      align: 'right',
      weight: 1.2,
      width: 8,
      optional: true,
      cell: ({ score }) => (score === undefined ? textCell(undefined) : { text: String(score), value: score }),
    },
    { title: { zh: '组件', en: 'Component' }, format: 'name', weight: 2, width: 16, cell: ({ component }) => textCell(component) },
    { title: { zh: '当前版本', en: 'Installed' }, format: 'name', weight: 3, width: 28, cell: ({ current }) => textCell(current) },
    { title: { zh: '修复版本', en: 'Fixed in' }, format: 'name', weight: 3, width: 28, cell: ({ fixed }) => textCell(fixed) },
    { title: { zh: '节点数', en: 'Nodes' }, align: 'right', weight: 1.3, width: 10, cell: ({ nodes }) => countCell(nodes.length) },
    { title: { zh: '受影响节点', en: 'Affected nodes' }, width: 50, cell: ({ nodes }) => textCell(nodes.join(', ')) },
    { title: { zh: '处理', en: 'Fix' }, weight: 2.2, width: 24, cell: (advisory, _model, locale) => textCell(stepWords(advisory, locale)) },
    {
      title: { zh: '安装命令', en: 'Command' },
      width: 50,
      cell: ({ id, obtainable, installed }) => textCell(obtainable && !installed ? installCommand(id) : undefined),
    },
    { title: { zh: '来源', en: 'Source' }, width: 40, cell: ({ source }) => ({ text: source ?? NO_VALUE }) },
  ],
};
