/** Lists about middleware instances beside their checks: the settings that were read, and what could not be read with the way out. */
import type { Observed } from '../../agent/wire/inspection.ts';
import { settingUnit } from '../../agent/wire/sections/middleware/product-settings.ts';
import type { Unit } from '../../agent/wire/vocabulary.ts';
import { textCell } from '../cells.ts';
import type { InstanceGap, InstanceSetting, MiddlewareInstance } from '../facts/middleware.ts';
import { formatObserved } from '../format.ts';
import { known } from '../model.ts';
import { observedWord } from '../observed-words.ts';
import { unreadRemedy } from '../unread-remedies.ts';
import type { List } from './list.ts';
import { instanceWords } from './middleware.ts';

interface SettingOfInstance {
  readonly instance: MiddlewareInstance;
  readonly setting: InstanceSetting;
}
/** TongTech's products first: the report is about them. */
export const settingsList: List<SettingOfInstance> = {
  id: 'instance-settings',
  title: { zh: '关键配置的当前值', en: 'Current values of key settings' },
  sheet: { zh: '配置当前值', en: 'Settings' },
  empty: { zh: '没有读到配置。', en: 'No setting was read.' },
  missing: {
    'not-gathered': {
      zh: '这些产品没有逐项列出的配置值；按检查项得到的结果见“中间件检查明细”。',
      en: 'No settings are listed one by one for these products; results by check are in the sheet of middleware items.',
    },
  },
  pick({ middleware }) {
    const instances = known(middleware)?.rows.toSorted((one, other) => rankOf(one) - rankOf(other)) ?? [];
    const rows = instances.flatMap((instance) => (instance.settings ?? []).map((setting) => ({ instance, setting })));
    return rows.length === 0 ? undefined : { value: { rows, total: rows.length } };
  },
  columns: [
    { title: { zh: '产品', en: 'Product' }, weight: 2, width: 16, cell: ({ instance }) => textCell(instance.product) },
    { title: { zh: '实例', en: 'Instance' }, format: 'name', weight: 4, width: 30, cell: ({ instance }) => textCell(instance.name) },
    { title: { zh: '配置项', en: 'Setting' }, format: 'name', weight: 4, width: 34, cell: ({ setting }) => textCell(setting.key) },
    {
      title: { zh: '当前值（成员不同则逐个列出）', en: 'Value (listed per member where they differ)' },
      format: 'name',
      weight: 4,
      width: 30,
      cell: ({ setting }, { period }, locale) =>
        textCell(setting.values.map((value) => formatObserved(value, unitOfSetting(setting.key, value), locale, period.zoneMinutes)).join(' / ')),
    },
  ],
};
/** −1 and the like are words of a product, and no sizes. */
function unitOfSetting(key: string, value: Observed): Unit {
  return typeof value === 'number' && value >= 0 ? (settingUnit(key) ?? 'value') : 'value';
}
function rankOf({ vendor }: MiddlewareInstance): number {
  return vendor === 'tongtech' ? 0 : 1;
}

interface GapOfInstance {
  readonly instance: MiddlewareInstance;
  /** More instances of the product that could not be read for the same reason. */
  readonly alike: readonly MiddlewareInstance[];
  /** Its items without an answer are those of all of them. */
  readonly gap: InstanceGap;
}
/** Eighteen instances that want the same password say so once; order stays. */
function gapsTogether(instances: readonly MiddlewareInstance[]): readonly GapOfInstance[] {
  const groups = new Map<string, GapOfInstance>();
  for (const instance of instances) {
    const { gap } = instance;
    if (!gap || gap.unanswered === 0) continue;
    const key = JSON.stringify([instance.product, gap.product, gap.reach, gap.looksLike]);
    const group = groups.get(key);
    groups.set(
      key,
      group ? { ...group, alike: [...group.alike, instance], gap: { ...group.gap, unanswered: group.gap.unanswered + gap.unanswered } } : { instance, alike: [], gap },
    );
  }
  return [...groups.values()];
}
export const gapsList: List<GapOfInstance> = {
  id: 'instance-gaps',
  title: {
    zh: '未能完整读取的实例与补齐办法（未检查的项见工作簿“中间件检查明细”）',
    en: 'Instances not fully read, and what to do (their unchecked items are in the workbook, sheet "Middleware items")',
  },
  sheet: { zh: '未读取', en: 'Not read' },
  empty: { zh: '全部实例均已读取。', en: 'All instances were read.' },
  pick({ middleware }) {
    const rows = gapsTogether(known(middleware)?.rows ?? []);
    return rows.length === 0 ? undefined : { value: { rows, total: rows.length } };
  },
  columns: [
    { title: { zh: '产品', en: 'Product' }, weight: 1.8, width: 16, cell: ({ instance }) => textCell(instance.product) },
    { title: { zh: '实例', en: 'Instance' }, format: 'name', weight: 3.2, width: 30, cell: (row, model, locale) => textCell(instanceWords(row, model, locale)) },
    {
      title: { zh: '原因', en: 'Reason' },
      weight: 2.2,
      width: 20,
      cell: ({ gap }, _model, locale) => textCell(observedWord(gap.looksLike === undefined ? gap.reach : `answers-${gap.looksLike}`, locale)),
    },
    {
      title: { zh: '未检查（项）', en: 'Not checked (items)' },
      align: 'right',
      weight: 1.3,
      width: 10,
      cell: ({ gap }) => ({ text: String(gap.unanswered), value: gap.unanswered }),
    },
    {
      title: { zh: '补齐办法', en: 'What to do' },
      format: 'prose',
      weight: 7.5,
      width: 60,
      cell: ({ gap }, _model, locale) => textCell(unreadRemedy(gap.product, gap.reach)?.[locale]),
    },
  ],
};
