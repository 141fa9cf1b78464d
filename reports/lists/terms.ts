/** Lists about the contract: what was promised and kept, who does what. */
import { countCell, shareCell, textCell } from '../cells.ts';
import type { Attainment, Contact, Responsibility, ServiceGoal, ServiceItem } from '../facts/service.ts';
import { say } from '../format.ts';
import type { Fact, ReportModel, Rows } from '../model.ts';
import { known } from '../model.ts';
import { byClock, clockWord, everyWord, isAutomatic } from '../service-words.ts';
import type { List } from './list.ts';

function whole<T>(rows: readonly T[] | undefined): Fact<Rows<T>> | undefined {
  return rows && { value: { rows, total: rows.length } };
}

/** Notices of a level that the system gave by itself, among the incidents that the report has. */
function automaticOf({ incidents, problems }: Pick<ReportModel, 'incidents' | 'problems'>, { level, clock }: Attainment): number {
  const rows = [...(known(incidents)?.rows ?? []), ...(known(problems)?.rows ?? [])].filter((row) => row.level === level);
  return rows.flatMap(({ clocks }) => clocks).filter((one) => one.clock === clock && isAutomatic(one)).length;
}
/** What people achieved: without the notices that the system gave when it opened an incident. */
export function judgedAttainment(model: Pick<ReportModel, 'attainment' | 'incidents' | 'problems'>): readonly Attainment[] {
  return (known(model.attainment) ?? []).flatMap((row) => {
    const own = judged(row, model);
    return own.total > 0 ? own : [];
  });
}
function judged(row: Attainment, model: Pick<ReportModel, 'incidents' | 'problems'>): Attainment {
  const automatic = Math.min(row.met, automaticOf(model, row));
  return automatic === 0 ? row : { ...row, met: row.met - automatic, total: row.total - automatic };
}
export const attainmentList: List<Attainment> = {
  id: 'attainment',
  ofService: true,
  title: { zh: '响应 SLA 达成', en: 'SLA targets met' },
  sheet: { zh: 'SLA 达成', en: 'SLA' },
  empty: { zh: '本期没有已到期或已完成的服务时限。', en: 'No SLA target came due or was met in the period.' },
  pick({ attainment }) {
    const rows = known(attainment)?.toSorted((a, b) => a.level - b.level || byClock(a.clock, b.clock));
    return rows ? { value: { rows, total: rows.length } } : attainment && 'missing' in attainment ? attainment : undefined;
  },
  columns: [
    { title: { zh: '级别', en: 'Level' }, weight: 2, width: 12, cell: ({ levelLabel }, _model, locale) => textCell(levelLabel[locale]) },
    { title: { zh: '时限', en: 'Target' }, weight: 3, width: 18, cell: ({ clock }, _model, locale) => textCell(clockWord(clock, locale)) },
    {
      title: { zh: '承诺', en: 'Target time' },
      weight: 4,
      width: 30,
      cell: ({ level, clock }, { contract }, locale) => textCell(contract?.goals.find((goal) => goal.level === level && goal.clock === clock)?.goal[locale]),
    },
    { title: { zh: '达标', en: 'Met' }, align: 'right', weight: 1.5, width: 10, cell: ({ met }) => countCell(met) },
    { title: { zh: '总数', en: 'Total' }, align: 'right', weight: 1.5, width: 10, cell: ({ total }) => countCell(total) },
    {
      title: { zh: '达成率（%）', en: 'Met (%)' },
      align: 'right',
      weight: 2,
      width: 14,
      numbers: '0.0',
      cell(row, model, locale) {
        const { met, total } = judged(row, model);
        if (total === 0) return row.total === 0 ? textCell(undefined) : textCell(say(locale, '– 不计', '– not counted'), 'neutral');
        return shareCell((met / total) * 100, met < total ? 'critical' : undefined);
      },
    },
  ],
};

export const goalsList: List<ServiceGoal> = {
  id: 'goals',
  ofService: true,
  title: { zh: '承诺的服务时限', en: 'Agreed SLA targets' },
  sheet: { zh: '服务时限', en: 'Goals' },
  empty: { zh: '合同没有约定服务时限。', en: 'The contract defines no SLA targets.' },
  pick: ({ contract }) => whole(contract?.goals.toSorted((a, b) => a.level - b.level || byClock(a.clock, b.clock))),
  columns: [
    { title: { zh: '级别', en: 'Level' }, weight: 2, width: 12, cell: ({ levelLabel }, _model, locale) => textCell(levelLabel[locale]) },
    { title: { zh: '时限', en: 'Target' }, weight: 3, width: 18, cell: ({ clock }, _model, locale) => textCell(clockWord(clock, locale)) },
    { title: { zh: '承诺', en: 'Target time' }, weight: 5, width: 30, cell: ({ goal }, _model, locale) => textCell(goal[locale]) },
  ],
};

export const servicesList: List<ServiceItem> = {
  id: 'services',
  ofService: true,
  title: { zh: '服务内容', en: 'Services' },
  sheet: { zh: '服务内容', en: 'Services' },
  empty: { zh: '合同没有列出服务内容。', en: 'The contract lists no services.' },
  pick: ({ contract }) => whole(contract?.services),
  columns: [
    { title: { zh: '服务', en: 'Service' }, weight: 7, width: 50, cell: ({ text }, _model, locale) => textCell(text[locale]) },
    { title: { zh: '频次', en: 'How often' }, weight: 2, width: 16, cell: (service, _model, locale) => textCell(everyWord(service, locale)) },
    {
      title: { zh: '包含', en: 'Included' },
      weight: 1.5,
      width: 10,
      cell: ({ included }, _model, locale) => textCell(included ? say(locale, '✓ 包含', '✓ yes') : say(locale, '– 不含', '– no')),
    },
  ],
};
export const contactsList: List<Contact> = {
  id: 'contacts',
  ofService: true,
  title: { zh: '联系人', en: 'Contacts' },
  sheet: { zh: '联系人', en: 'Contacts' },
  empty: { zh: '没有登记联系人。', en: 'No contacts are registered.' },
  pick: ({ contract }) => whole(contract?.contacts),
  columns: [
    { title: { zh: '角色', en: 'Role' }, weight: 3, width: 18, cell: ({ role }, _model, locale) => textCell(role[locale]) },
    { title: { zh: '姓名', en: 'Name' }, weight: 2, optional: true, width: 16, cell: ({ name }) => textCell(name) },
    { title: { zh: '电话', en: 'Phone' }, weight: 3, optional: true, width: 18, cell: ({ phone }) => textCell(phone) },
    { title: { zh: '邮箱', en: 'Mail' }, format: 'name', weight: 4, width: 30, cell: ({ mail }) => textCell(mail) },
  ],
};
export const responsibilitiesList: List<Responsibility> = {
  id: 'responsibilities',
  ofService: true,
  title: { zh: '责任分工（R：负责，S：配合）', en: 'Responsibilities (R: responsible, S: supporting)' },
  sheet: { zh: '责任分工', en: 'Responsibilities' },
  empty: { zh: '合同没有约定责任分工。', en: 'The contract defines no division of responsibilities.' },
  pick: ({ responsibilities }) => whole(responsibilities),
  columns: [
    { title: { zh: '内容', en: 'Work' }, weight: 8, width: 70, cell: ({ text }, _model, locale) => textCell(text[locale]) },
    { title: { zh: '服务方', en: 'Provider' }, weight: 1.4, width: 10, cell: ({ provider }) => textCell(provider) },
    { title: { zh: '客户', en: 'Customer' }, weight: 1.4, width: 10, cell: ({ customer }) => textCell(customer) },
  ],
};
