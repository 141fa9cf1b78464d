/** Which target is told what: a route's rules, and whether they match. */
import { z } from 'zod';
import { LOCALES } from '../../agent/wire/vocabulary.ts';
import type { Audience } from '../support/clock.ts';
import { INTERNAL, type Occurrence } from './occurrence.ts';
import { ON_REQUEST, Topic } from './topic.ts';
import { coversWeek, endOfHours, isWithin, WeeklyHours } from './weekly-hours.ts';

const AUDIENCES = ['customer', 'customer-representative', 'support', 'assignee', 'duty-manager'] as const satisfies readonly Audience[];
const Levels = z.array(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])).max(5);

/** What is not named matches everything, except that a customer gets updates only on request. */
export const RouteRules = z.strictObject({
  audiences: z.array(z.enum(AUDIENCES)).min(1),
  levels: Levels.min(1).optional(),
  topics: z.array(Topic).min(1).max(30).optional(),
  /** The route applies to what happens within these hours only. */
  hours: WeeklyHours.optional(),
  /** The route applies to what happens outside of these hours only: on call. */
  outsideHours: WeeklyHours.optional(),
  /** Messages wait until it is over. Contract clocks do not. */
  quiet: z
    .strictObject({ hours: WeeklyHours.refine(({ intervals }) => !coversWeek(intervals), 'quiet hours leave no hour in which to send'), pierce: Levels.default([1]) })
    .optional(),
  locale: z.enum(LOCALES).optional(),
});
export type RouteRules = z.infer<typeof RouteRules>;

/** The audiences of the occurrence that this route serves; empty: it does not match. */
export function matchRoute(rules: RouteRules, occurrence: Occurrence, level: number, customerOwned: boolean): readonly Audience[] {
  if (rules.levels && !rules.levels.some((one) => one === level)) return [];
  if (rules.topics && !rules.topics.includes(occurrence.topic)) return [];
  if (rules.hours && !isWithin(rules.hours, occurrence.at)) return [];
  if (rules.outsideHours && isWithin(rules.outsideHours, occurrence.at)) return [];
  return rules.audiences.filter((audience) => occurrence.audiences.includes(audience) && !(customerOwned && INTERNAL.has(audience)));
}

/** Whether the customer's side gets it only because somebody asked. */
export function isOnRequest(rules: RouteRules, occurrence: Occurrence): boolean {
  return ON_REQUEST.has(occurrence.topic) && rules.topics === undefined;
}

/** When the message may leave. */
export function sendableAt({ quiet }: RouteRules, level: number, now: number): number {
  return quiet === undefined || quiet.pierce.some((one) => one === level) ? now : endOfHours(quiet.hours, now);
}

/** Routes that a new mail target of the centre starts with: what the contracts promise. */
export const CUSTOMER_MAIL: RouteRules = { audiences: ['customer'] };
export const SUPPORT_MAIL: RouteRules = { audiences: ['support', 'assignee', 'customer-representative', 'duty-manager'] };
