/** A rota as a form: a row a person, a layer and a shift that somebody takes over; empty rows are left out. */
import { Temporal } from 'temporal-polyfill';
import { html, type Markup, type Part } from '../../../../reports/renderers/markup.ts';
import { AppError } from '../../../errors.ts';
import { RotaPlan } from '../../../notify/rota.ts';
import { field, hidden, select } from '../../parts/forms.ts';
import type { View } from '../../view.ts';

/** What was entered, by name. */
export type Entered = Readonly<Record<string, string>>;
const SPARE = 2;
const MOST = { p: 200, l: 20, o: 200 } as const;

/** @param entered what a refused form held; else the plan's own values */
export function rotaFields(view: View, entered: Entered): Part {
  const { t } = view;
  const rowsOf = (kind: keyof typeof MOST, row: (index: number, value: (name: string) => string) => Markup): readonly Markup[] => {
    const filled = indexesOf(entered, kind);
    const first = (filled.at(-1) ?? -1) + 1;
    const all = [...filled, ...Array.from({ length: SPARE }, (_, spare) => first + spare)].filter((index) => index < MOST[kind]);
    return all.map((index) => row(index, (name) => entered[`${kind}${index}.${name}`] ?? ''));
  };
  const names = indexesOf(entered, 'p').map((index) => entered[`p${index}.name`] ?? '');
  const people = rowsOf(
    'p',
    (index, value) =>
      html`<fieldset class="row"><legend>${t(`人员 ${index + 1}`, `Person ${index + 1}`)}</legend>${hidden(`p${index}.id`, value('id'))}${hidden(`p${index}.wecomUserId`, value('wecomUserId'))}${hidden(`p${index}.feishuOpenId`, value('feishuOpenId'))}${field(t('姓名', 'Name'), `p${index}.name`, { max: 200, value: value('name') })}${field(t('邮箱', 'E-mail'), `p${index}.email`, { type: 'email', max: 254, value: value('email') })}${field(t('手机', 'Mobile'), `p${index}.mobile`, { max: 20, value: value('mobile') })}${select(
        t('语言', 'Language'),
        `p${index}.locale`,
        [
          ['zh', '中文'],
          ['en', 'English'],
        ],
        value('locale') || view.locale,
      )}<label class="check"><input type="checkbox" name="p${index}.fallback" value="1"${value('fallback') === '1' && html` checked`}><span>${t('后备', 'fallback')}</span></label></fieldset>`,
  );
  const layers = rowsOf(
    'l',
    (index, value) =>
      html`<fieldset class="row"><legend>${t(`轮换 ${index + 1}`, `Turns ${index + 1}`)}</legend>${field(t('名称', 'Name'), `l${index}.name`, { max: 100, value: value('name') })}${field(t('自', 'From'), `l${index}.startsOn`, { type: 'date', value: value('startsOn') })}${field(t('交接时间', 'Handed over at'), `l${index}.handover`, { max: 5, placeholder: '09:00', value: value('handover') })}${field(t('每班天数', 'Days a shift'), `l${index}.shiftDays`, { type: 'number', min: 1, max: 366, value: value('shiftDays') })}${field(t('人员，按顺序', 'People, in turn'), `l${index}.people`, { max: 2_000, value: value('people'), placeholder: names.slice(0, 2).join(', '), hint: t('姓名，用逗号分隔', 'names, with commas between') })}${field(t('时段（空：全部时间）', 'Hours (empty: always)'), `l${index}.hours`, { max: 500, value: value('hours'), placeholder: '1-5 09:00-18:00', hint: t('1 为周一；多段用分号', '1 is Monday; several with semicolons') })}</fieldset>`,
  );
  const overrides = rowsOf(
    'o',
    (index, value) =>
      html`<fieldset class="row"><legend>${t(`替班 ${index + 1}`, `Override ${index + 1}`)}</legend>${field(t('开始', 'From'), `o${index}.from`, { type: 'datetime-local', value: value('from') })}${field(t('结束', 'Until'), `o${index}.to`, { type: 'datetime-local', value: value('to') })}${field(t('替班人', 'Who'), `o${index}.person`, { max: 200, value: value('person') })}</fieldset>`,
  );
  return html`<div class="field wide">${field(t('名称', 'Name'), 'name', { required: true, max: 100, value: entered['name'] ?? '' })}</div>${field(t('时区', 'Time zone'), 'zone', { required: true, max: 64, value: entered['zone'] ?? 'Asia/Shanghai' })}
<h2>${t('人员', 'People')}</h2>${people}<h2>${t('轮换（在前的优先）', 'Turns (the first that covers a time has the say)')}</h2>${layers}<h2>${t('替班（时区同上）', 'Overrides (in the zone above)')}</h2>${overrides}<p class="note">${t('姓名留空的行不保存；要更多行，先保存一次。', 'A row without a name is left out; save once for more rows.')}</p>`;
}
function indexesOf(entered: Entered, kind: keyof typeof MOST): readonly number[] {
  const key = kind === 'o' ? 'person' : 'name';
  return Array.from({ length: MOST[kind] }, (_, index) => index).filter((index) => (entered[`${kind}${index}.${key}`] ?? '').trim() !== '');
}

/** A plan as the form shows it. */
export function enteredOf(name: string, plan: RotaPlan): Entered {
  const nameOf = (id: string): string => plan.people.find((one) => one.id === id)?.name ?? id;
  const out: Record<string, string> = { name, zone: plan.zone };
  const put = (prefix: string, values: Readonly<Record<string, string | number | undefined>>): void => {
    for (const [key, value] of Object.entries(values)) if (value !== undefined) out[`${prefix}.${key}`] = String(value);
  };
  for (const [index, person] of plan.people.entries()) put(`p${index}`, { ...person, name: person.name ?? person.id, ...(plan.fallback.includes(person.id) && { fallback: '1' }) });
  for (const [index, { people, hours, ...layer }] of plan.layers.entries())
    put(`l${index}`, { ...layer, people: people.map(nameOf).join(', '), hours: hours?.map(({ days, from, to }) => `${daysText(days)} ${from}-${to}`).join('; ') });
  for (const [index, { from, to, person }] of plan.overrides.entries()) put(`o${index}`, { from: localOf(from, plan.zone), to: localOf(to, plan.zone), person: nameOf(person) });
  return out;
}
function localOf(moment: string, zone: string): string {
  return Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}
function daysText(days: readonly number[]): string {
  const sorted = days.toSorted((a, b) => a - b);
  const [first] = sorted;
  const last = sorted.at(-1);
  const isRun = sorted.length > 2 && first !== undefined && last !== undefined && last - first === sorted.length - 1;
  return isRun ? `${first}-${last}` : sorted.join(',');
}

/** The plan that was entered. @throws AppError `invalid` with the field's name */
export function planOf(entered: Entered): RotaPlan {
  const value = (name: string): string => (entered[name] ?? '').trim();
  const optional = (name: string): string | undefined => value(name) || undefined;
  const people = indexesOf(entered, 'p').map((index) => ({
    ...{ id: value(`p${index}.id`) || value(`p${index}.name`), name: value(`p${index}.name`), email: optional(`p${index}.email`), mobile: optional(`p${index}.mobile`) },
    ...{ wecomUserId: optional(`p${index}.wecomUserId`), feishuOpenId: optional(`p${index}.feishuOpenId`), locale: optional(`p${index}.locale`) },
  }));
  const idOf = (name: string, at: string): string => {
    const found = people.find((one) => one.name === name || one.id === name);
    if (!found) throw fault(at);
    return found.id;
  };
  const layers = indexesOf(entered, 'l').map((index) => ({
    ...{ name: value(`l${index}.name`), startsOn: value(`l${index}.startsOn`), handover: value(`l${index}.handover`), shiftDays: Number(value(`l${index}.shiftDays`)) },
    people: value(`l${index}.people`)
      .split(/[,，、;]/)
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => idOf(name, `l${index}.people`)),
    hours: hoursOf(value(`l${index}.hours`), `l${index}.hours`),
  }));
  const zone = value('zone');
  const overrides = indexesOf(entered, 'o').map((index) => ({
    ...{ from: momentOf(value(`o${index}.from`), zone, `o${index}.from`), to: momentOf(value(`o${index}.to`), zone, `o${index}.to`) },
    person: idOf(value(`o${index}.person`), `o${index}.person`),
  }));
  const fallback = indexesOf(entered, 'p').flatMap((index, at) => (value(`p${index}.fallback`) === '1' ? [people[at]?.id ?? ''] : []));
  const parsed = RotaPlan.safeParse(JSON.parse(JSON.stringify({ zone, people, layers, overrides, fallback })));
  if (!parsed.success) throw fault(fieldOf(parsed.error.issues[0]?.path ?? [], entered));
  return parsed.data;
}
/** Where in the form a part of the plan was entered. */
function fieldOf([list, index, key]: readonly PropertyKey[], entered: Entered): string {
  const kind = ({ people: 'p', layers: 'l', overrides: 'o' } as const)[String(list) as 'people'];
  if (kind === undefined) return String(list ?? 'name');
  return `${kind}${indexesOf(entered, kind)[Number(index)] ?? 0}.${String(key ?? 'name')}`;
}
function hoursOf(text: string, at: string): unknown {
  if (text === '') return undefined;
  return text.split(/[;；]/).map((part) => {
    const match = /^\s*([1-7](?:\s*[-,]\s*[1-7])*)\s+(\d{2}:\d{2})\s*[-–]\s*(\d{2}:\d{2})\s*$/.exec(part);
    if (!match) throw fault(at);
    const [, days = '', from, to] = match;
    return { days: [...new Set(days.split(',').flatMap((range) => rangeOf(range.trim())))], from, to };
  });
}
function rangeOf(text: string): readonly number[] {
  const [first = 1, last = first] = text.split('-').map(Number);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
function momentOf(text: string, zone: string, at: string): string {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant().toString();
  } catch {
    throw fault(at);
  }
}
function fault(at: string): AppError {
  return new AppError('invalid', 'the rota is not complete', { details: { field: at } });
}
