/** What the demo's support people do about its incidents, so that a newcomer sees clocks that ran, paused, were met and missed. */

import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { Actor } from '../../collector/incidents/event.ts';
import type { IncidentMachine } from '../../collector/incidents/machine.ts';
import type { CommandRequest } from '../../collector/incidents/requests.ts';

type Command = CommandRequest['command'];
interface Act {
  /** Minutes after the incident opened. */
  readonly after: number;
  readonly command: Command | ((locale: Locale) => Command);
}
const note = (zh: string, en: string): ((locale: Locale) => Command) => {
  const text: Text = { zh, en };
  return (locale) => ({ kind: 'note', visibility: 'customer', text: text[locale] });
};
const ACKNOWLEDGE = { kind: 'acknowledge' } as const;
const FIRST_CONTACT = { kind: 'contact', contact: 'first-contact' } as const;
/** What some contracts ask for behind the response. */
const CALL_BACK = { kind: 'contact', contact: 'call-back' } as const;
const ACTION_PLAN = { kind: 'contact', contact: 'action-plan' } as const;

/** What is answered in the ordinary way, on the day it came. */
const ORDINARY: readonly Act[] = [
  { after: 170, command: ACKNOWLEDGE },
  { after: 175, command: FIRST_CONTACT },
  { after: 190, command: CALL_BACK },
  { after: 230, command: ACTION_PLAN },
];
/** Nobody has looked at these yet: one is fresh, the other was missed. */
const UNANSWERED: ReadonlySet<string> = new Set(['node-unreachable', 'node-lease-stale', 'pod-unschedulable']);
/** By rule of the incident. */
const ACTS: Readonly<Record<string, readonly Act[]>> = {
  'tongweb-oom': [
    { after: 25, command: ACKNOWLEDGE },
    { after: 30, command: FIRST_CONTACT },
    { after: 50, command: CALL_BACK },
    { after: 90, command: ACTION_PLAN },
    { after: 95, command: { kind: 'start' } },
    { after: 240, command: note('堆内存上限偏小，建议调至 4 GiB 并保留堆转储以便分析。', 'The heap limit is too small: raise it to 4 GiB and keep heap dumps for analysis.') },
  ],
  'pod-crash-loop': [
    { after: 18, command: ACKNOWLEDGE },
    { after: 20, command: FIRST_CONTACT },
    { after: 25, command: { kind: 'start' } },
    {
      after: 40,
      command: note(
        '已查看上一次退出：退出码 1，发布后的配置缺少一项；请确认 checkout 的新配置。',
        "Looked at the last exit: code 1, the released configuration lacks an entry. Please check checkout's new configuration.",
      ),
    },
  ],
  'workload-replicas-unavailable': [
    { after: 35, command: ACKNOWLEDGE },
    { after: 36, command: FIRST_CONTACT },
  ],
  'service-time-unsynchronised': [
    { after: 90, command: ACKNOWLEDGE },
    { after: 95, command: FIRST_CONTACT },
    { after: 120, command: { kind: 'hold', reason: 'customer', awaits: 'information' } },
  ],
  'pod-oom-killed': [
    { after: 12, command: ACKNOWLEDGE },
    { after: 14, command: FIRST_CONTACT },
    { after: 60, command: note('month-end 的内存限制低于月末所需，建议提高限制后重跑。', "month-end's memory limit is below what the month's end needs; raise it and run again.") },
  ],
  'disk-space-low': [
    { after: 45, command: ACKNOWLEDGE },
    { after: 50, command: FIRST_CONTACT },
    { after: 55, command: { kind: 'start' } },
  ],
};

export class DemoPeople {
  readonly #incidents: IncidentMachine;
  readonly #locale: Locale;
  readonly #done = new Map<string, number>();
  readonly #actor: Actor;

  constructor(incidents: IncidentMachine, locale: Locale) {
    this.#incidents = incidents;
    this.#locale = locale;
    this.#actor = { kind: 'user', id: 'demo-support', name: '王工 Wang (demo)' };
  }

  /** Does what is due by now. @param now milliseconds */
  async answer(now: number): Promise<void> {
    const { items } = await this.#incidents.list('all', { active: true }, { now, order: 'newest', limit: 200 });
    for (const { id, rule, openedAt, state } of items) {
      const acts = ACTS[rule] ?? ORDINARY;
      if (UNANSWERED.has(rule) || state === 'suppressed' || state === 'resolved') continue;
      for (let next = this.#done.get(id) ?? 0; next < acts.length; next += 1) {
        const act = acts[next];
        const at = openedAt + (act?.after ?? 0) * 60_000;
        if (!act || at > now) break;
        const command = typeof act.command === 'function' ? act.command(this.#locale) : act.command;
        await this.#incidents.command({ incidentId: id, command, actor: this.#actor, visibility: 'all', commandId: `demo-${next}` }, Math.max(at, openedAt)).catch(() => undefined); // it moved on by itself meanwhile
        this.#done.set(id, next + 1);
      }
    }
  }
}
