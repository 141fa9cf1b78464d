/** Who is on call at a time: layers of shifts handed over at a wall time in the rota's zone, overrides, and a fallback. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Text } from '../../agent/wire/vocabulary.ts';
import { Zone } from '../support/zone.ts';
import { Person } from './change.ts';
import { WeeklyInterval, weekGaps, weekMinutes } from './weekly-hours.ts';

const Moment = z.iso.datetime({ offset: true });
const PersonId = z.string().min(1).max(200);

/** The first layer that covers a time has the say. */
const Layer = z.strictObject({
  name: z.string().min(1).max(100),
  /** Day of the first person's first shift. */
  startsOn: z.iso.date(),
  /** Wall time at which a shift ends and the next begins. */
  handover: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** Length of a shift. */
  shiftDays: z.int().min(1).max(366),
  /** In turn. */
  people: z.array(PersonId).min(1).max(100),
  /** Without it the layer covers the whole week. */
  hours: z.array(WeeklyInterval).min(1).max(50).optional(),
});
const Override = z.strictObject({ from: Moment, to: Moment, person: PersonId });

export const RotaPlan = z.strictObject({
  zone: Zone,
  people: z
    .array(Person.required({ id: true }))
    .min(1)
    .max(200),
  layers: z.array(Layer).max(20),
  overrides: z.array(Override).max(1_000).default([]),
  /** Called when nobody else is on call; all of them at once. */
  fallback: z.array(PersonId).max(20).default([]),
});
export type RotaPlan = z.infer<typeof RotaPlan>;

export interface OnCall {
  readonly people: readonly Person[];
  readonly because: 'override' | 'layer' | 'fallback' | 'nobody';
}

/** @param at milliseconds since 1970 */
export function onCallAt(plan: RotaPlan, at: number): OnCall {
  const known = (ids: readonly string[]): readonly Person[] => ids.flatMap((id) => plan.people.filter((person) => person.id === id));
  // The newest override wins: it was written by somebody who knew the others.
  const override = plan.overrides.findLast(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to));
  if (override && known([override.person]).length > 0) return { people: known([override.person]), because: 'override' };
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(plan.zone);
  for (const layer of plan.layers) {
    const person = personOf(layer, local);
    if (person !== undefined && known([person]).length > 0) return { people: known([person]), because: 'layer' };
  }
  const fallback = known(plan.fallback);
  return fallback.length > 0 ? { people: fallback, because: 'fallback' } : { people: [], because: 'nobody' };
}

function personOf(layer: z.infer<typeof Layer>, local: Temporal.ZonedDateTime): string | undefined {
  if (layer.hours) {
    const minute = (local.dayOfWeek - 1) * 1_440 + local.hour * 60 + local.minute;
    if (!weekMinutes(layer.hours).some(([from, to]) => from <= minute && minute < to)) return undefined;
  }
  const handover = Temporal.PlainTime.from(layer.handover);
  const today = local.toPlainDate();
  // Before the handover it is still yesterday's shift. Days, not hours: a shift is no longer in the night of a change of clocks.
  const shiftDay = Temporal.PlainTime.compare(local.toPlainTime(), handover) < 0 ? today.subtract({ days: 1 }) : today;
  const days = Temporal.PlainDate.from(layer.startsOn).until(shiftDay, { largestUnit: 'days' }).days;
  if (days < 0) return undefined;
  return layer.people[Math.floor(days / layer.shiftDays) % layer.people.length];
}

export interface RotaProblem {
  /** An error leaves an hour in which nobody is told. */
  readonly severity: 'error' | 'warning';
  readonly text: Text;
}

/** What is wrong with a plan from `now` on. A rota with errors is not accepted. */
export function lintRota(plan: RotaPlan, now: number): readonly RotaProblem[] {
  const problems: RotaProblem[] = [];
  const say = (severity: RotaProblem['severity'], zh: string, en: string): void => void problems.push({ severity, text: { zh, en } });
  const ids = new Set(plan.people.map(({ id }) => id));
  if (ids.size < plan.people.length) say('error', '人员 id 重复', 'two people have the same id');
  const named = [...plan.layers.flatMap(({ people }) => people), ...plan.overrides.map(({ person }) => person), ...plan.fallback];
  for (const id of new Set(named)) if (!ids.has(id)) say('error', `人员“${id}”未在 people 中定义`, `person "${id}" is not among the people`);
  for (const { id, email, mobile, wecomUserId, feishuOpenId } of plan.people)
    if (!email && !mobile && !wecomUserId && !feishuOpenId) say('warning', `人员“${id}”没有任何联系方式`, `person "${id}" has no address of any kind`);
  for (const { from, to } of plan.overrides) if (Date.parse(to) <= Date.parse(from)) say('error', `替班 ${from} 在开始之前结束`, `the override at ${from} ends before it begins`);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(plan.zone).toPlainDate();
  const begun = plan.layers.filter(({ startsOn }) => Temporal.PlainDate.compare(Temporal.PlainDate.from(startsOn), today) <= 0);
  const covered = begun.some(({ hours }) => hours === undefined) ? [] : weekGaps(weekMinutes(begun.flatMap(({ hours }) => hours ?? [])));
  for (const [from, to] of covered.slice(0, 10)) {
    const [zh, en] = [`每周 ${weekTime(from, 'zh')} 至 ${weekTime(to, 'zh')} 无人值班`, `nobody is on call from ${weekTime(from, 'en')} to ${weekTime(to, 'en')} every week`];
    if (plan.fallback.length > 0) say('warning', `${zh}，由后备人员接听`, `${en}; the fallback is called`);
    else say('error', `${zh}，且没有后备人员`, `${en}, and there is no fallback`);
  }
  return problems;
}

const DAYS: Readonly<Record<'zh' | 'en', readonly string[]>> = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};
function weekTime(minute: number, locale: 'zh' | 'en'): string {
  const day = DAYS[locale][Math.min(6, Math.floor(minute / 1_440))] ?? '';
  const rest = minute === 10_080 ? 1_440 : minute % 1_440;
  return `${day} ${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`;
}
