/** What the nodes of a cluster do not have alike: each value that is not the common one, with the nodes that have it. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import { countCell, textCell } from '../cells.ts';
import type { NodeDifference, SettingValue } from '../facts/differences.ts';
import { formatObserved } from '../format.ts';
import { known, type ReportModel } from '../model.ts';
import type { List } from './list.ts';

interface Deviation extends Omit<NodeDifference, 'values'> {
  readonly common: SettingValue;
  readonly other: SettingValue;
}
const AMONG_WORDS: Readonly<Record<NodeDifference['among'], Text>> = {
  all: { zh: '全部节点', en: 'all nodes' },
  'control-plane': { zh: '管理节点', en: 'control plane' },
  worker: { zh: '计算节点', en: 'workers' },
};

export const differencesList: List<Deviation> = {
  id: 'differences',
  title: { zh: '节点之间不一致的设置', en: 'Configuration differences between nodes' },
  sheet: { zh: '节点差异', en: 'Node differences' },
  empty: { zh: '所比较的设置在各节点上一致。', en: 'All compared settings are identical on all nodes.' },
  pick({ differences }) {
    const value = known(differences);
    if (!value) return differences && 'missing' in differences ? differences : undefined;
    const rows = value.rows.flatMap(({ values: [common, ...others], ...row }) => (common === undefined ? [] : others.map((other) => ({ ...row, common, other }))));
    return { value: { rows, total: rows.length + value.total - value.rows.length } };
  },
  columns: [
    { title: { zh: '集群', en: 'Cluster' }, format: 'name', weight: 2, width: 20, optional: true, cell: ({ cluster }) => textCell(cluster) },
    { title: { zh: '设置', en: 'Setting' }, weight: 4.6, width: 44, cell: ({ title }, _model, locale) => textCell(title[locale]) },
    { title: { zh: '比较范围', en: 'Among' }, weight: 2, width: 16, cell: ({ among }, _model, locale) => textCell(AMONG_WORDS[among][locale]) },
    { title: { zh: '多数值', en: 'Common value' }, format: 'name', weight: 2.8, width: 24, cell: ({ common, unit }, model, locale) => valueCell(common, unit, model, locale) },
    { title: { zh: '节点数', en: 'Nodes' }, align: 'right', weight: 1.3, width: 10, cell: ({ common }) => countCell(common.machines) },
    { title: { zh: '不同的值', en: 'Other value' }, format: 'name', weight: 2.8, width: 24, cell: ({ other, unit }, model, locale) => valueCell(other, unit, model, locale) },
    { title: { zh: '节点数', en: 'Nodes' }, align: 'right', weight: 1.3, width: 10, cell: ({ other }) => countCell(other.machines) },
    {
      title: { zh: '取不同值的节点', en: 'Nodes with it' },
      format: 'name',
      weight: 4.4,
      width: 50,
      cell: ({ other: { names, machines } }) => textCell(`${names.join(', ')}${machines > names.length ? ' …' : ''}`),
    },
    { title: { zh: '标识', en: 'Id' }, width: 36, cell: ({ setting }) => textCell(setting) },
  ],
};
function valueCell({ value }: SettingValue, unit: NodeDifference['unit'], { period }: ReportModel, locale: Locale) {
  return textCell(formatObserved(value, unit, locale, period.zoneMinutes));
}
