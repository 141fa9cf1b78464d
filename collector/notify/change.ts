/** What happened to an incident, as plain data: all that notifications are made from. */
import { z } from 'zod';
import { LOCALES, type Text } from '../../agent/wire/vocabulary.ts';
import type { IncidentEvent } from '../incidents/event.ts';
import type { Audience, Duty } from '../support/clock.ts';

/** Somebody who can be told. Without an address they are only named. */
export const Person = z.strictObject({
  id: z.string().min(1).max(200).optional(),
  name: z.string().max(200).optional(),
  email: z.email().max(254).optional(),
  /** With country code or without, as the chat robot knows it. */
  mobile: z
    .string()
    .regex(/^\+?[0-9-]{5,20}$/)
    .optional(),
  /** Member id in WeCom. */
  wecomUserId: z
    .string()
    .regex(/^[\w.@-]{1,64}$/)
    .optional(),
  /** `open_id` in Feishu. */
  feishuOpenId: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
  locale: z.enum(LOCALES).optional(),
});
export type Person = z.infer<typeof Person>;

const Bilingual = z.object({ zh: z.string(), en: z.string() });
const Scope = z.object({ kind: z.string(), node: z.string().optional(), namespace: z.string().optional(), name: z.string() });
const Observed = z.union([z.number(), z.string(), z.boolean()]);
const Level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

/** A clock of the contract as the message shows it. Times are milliseconds since 1970. */
const Clock = z.object({
  clock: z.string(),
  state: z.enum(['waiting', 'running', 'paused', 'met', 'breached', 'cancelled']),
  dueAt: z.number().optional(),
  breachedAt: z.number().optional(),
  provisional: z.boolean().optional(),
});

/** The folded incident after the change. Kept in the outbox as it was then; names as known to the collector. */
export const IncidentFacts = z.object({
  id: z.string().min(1),
  /** What people say: `#1024`. */
  number: z.number(),
  version: z.number(),
  customerId: z.string().min(1),
  customerName: z.string(),
  customerLocale: z.enum(LOCALES),
  /** IANA zone of the customer's site: due times are told in it. */
  zone: z.string(),
  clusterName: z.string().optional(),
  kind: z.enum(['incident', 'problem']),
  state: z.string(),
  source: z.string(),
  level: Level,
  /** As the policy names it: 1 级, P1, 一级. */
  levelLabel: Bilingual,
  severity: z.enum(['critical', 'warning', 'info']),
  rule: z.string(),
  /** Title of the check, or of the person or system that opened it. */
  title: Bilingual,
  remedy: Bilingual.optional(),
  scope: Scope.optional(),
  observed: Observed.optional(),
  threshold: Observed.optional(),
  unit: z.string().optional(),
  members: z.number().optional(),
  reopened: z.number(),
  openedAt: z.number(),
  assignee: z.string().optional(),
  clocks: z.array(Clock).max(20),
  closure: z.string().optional(),
  /** Of the incident in the console, for the support centre and for the customer alike. */
  url: z.string().optional(),
  demo: z.boolean().optional(),
  /** Since when the signal flaps; absent while it is quiet. */
  flappingSince: z.number().optional(),
});
export type IncidentFacts = z.infer<typeof IncidentFacts>;

export interface IncidentChange {
  readonly incident: IncidentFacts;
  /** Appended in this transaction, oldest first; empty when a duty only tells somebody. */
  readonly newEvents: readonly IncidentEvent[];
  /** The duty whose hour has come, when that is what happened. Its `tell` then replaces the usual audience. */
  readonly duty?: Duty | undefined;
  /** Who stands behind an audience: the customer's contacts, the assignee. */
  readonly people?: Partial<Record<Audience, readonly Person[]>> | undefined;
  /** Whom the contract wants told of what opened, was resolved and was closed. */
  readonly notices?: Readonly<Record<'opened' | 'resolved' | 'closed', readonly Audience[]>> | undefined;
}

/** The same text in both languages, for titles that people wrote. */
export function sameText(text: string): Text {
  return { zh: text, en: text };
}
