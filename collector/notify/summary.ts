/** Many messages told in one, when a target's limit is reached. Nothing is left out but the wording: every incident is counted. */
import { createHash } from 'node:crypto';
import type { Draft, Notification } from '../store/notification-store.ts';
import type { Target } from '../store/target-store.ts';
import { type Message, MOST_LINES, type Summary } from './message.ts';
import { isTargetKind, TARGETS } from './targets/registry.ts';

/** One summary a recipient, voice and language. @returns none for machines: they need every change */
export function summarize(target: Target, waiting: readonly Notification[]): readonly Draft[] {
  if (!isTargetKind(target.kind) || TARGETS[target.kind].reader === 'machine') return [];
  const groups = Map.groupBy(waiting, ({ message: { recipient, voice, locale } }) => JSON.stringify([recipient, voice, locale]));
  return [...groups.values()].map((group) => draftOf(target, group));
}

function draftOf(target: Target, group: readonly Notification[]): Draft {
  const [first] = group;
  if (!first) throw new Error('a group has members');
  const { recipient, voice, locale } = first.message;
  const last = group.at(-1) ?? first;
  const message: Message = { v: 1, topic: 'summary', voice, locale, at: last.message.at, mentions: [], summary: summaryOf(group), ...(recipient !== undefined && { recipient }) };
  const who = createHash('sha256')
    .update(JSON.stringify([recipient, voice, locale]))
    .digest('hex')
    .slice(0, 16);
  return { dedup: `${target.id}|summary|${first.id}|${who}`, targetId: target.id, lane: `${target.id}|summary|${who}`, message, sendAt: last.nextAt };
}

function summaryOf(group: readonly Notification[]): Summary {
  const newest = new Map<number, Summary['lines'][number]>();
  for (const { message } of group) {
    const { incident, topic } = message;
    if (incident) newest.set(incident.number, { number: incident.number, level: incident.level, levelLabel: incident.levelLabel, title: incident.title, topic });
  }
  const times = group.map(({ message }) => message.at);
  return {
    count: group.length,
    incidents: newest.size,
    from: Math.min(...times),
    to: Math.max(...times),
    lines: [...newest.values()].toSorted((a, b) => a.level - b.level || a.number - b.number).slice(0, MOST_LINES),
  };
}
