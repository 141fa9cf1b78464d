import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../collector/errors.ts';
import { ALLOWED, allowedFor, COMMAND_KINDS, type Command, type CommandKind, decide } from '../../../collector/incidents/decide.ts';
import type { EventBody, IncidentEvent } from '../../../collector/incidents/event.ts';
import { apply, fold, type Incident, STATES, type State } from '../../../collector/incidents/incident.ts';
import { observe, type Sighting } from '../../../collector/incidents/observe.ts';

const OPENED: EventBody = {
  kind: 'opened',
  source: 'agent',
  incidentKind: 'incident',
  severity: 'warning',
  level: 3,
  rule: 'disk-space-low',
  scope: { kind: 'Mount', node: 'n', name: '/' },
};
const events = (bodies: readonly EventBody[], from = 0): IncidentEvent[] =>
  bodies.map((body, index) => ({ incidentId: 'i', version: from + index + 1, at: 1_000 * (from + index + 1), actor: { kind: 'user', id: 'u', name: '李' }, policy: 'p@1', body }));
/** The shortest way into each state. */
const WAYS: Readonly<Record<State, readonly EventBody[]>> = {
  open: [],
  acknowledged: [{ kind: 'acknowledged' }],
  'in-progress': [{ kind: 'acknowledged' }, { kind: 'started' }],
  'on-hold': [{ kind: 'acknowledged' }, { kind: 'held', reason: 'vendor' }],
  recovering: [{ kind: 'recovering' }],
  suppressed: [{ kind: 'suppressed', by: 'parent', parent: 'p' }],
  resolved: [{ kind: 'resolved', by: 'person', code: 'fixed' }],
  closed: [
    { kind: 'resolved', by: 'person', code: 'fixed' },
    { kind: 'closed', closure: 'confirmed' },
  ],
  cancelled: [{ kind: 'cancelled', reason: 'false-positive' }],
};
const COMMANDS: Readonly<Record<CommandKind, Command>> = {
  acknowledge: { kind: 'acknowledge' },
  start: { kind: 'start' },
  assign: { kind: 'assign', to: 'u2', name: '王' },
  hold: { kind: 'hold', reason: 'customer', awaits: 'information' },
  resume: { kind: 'resume' },
  resolve: { kind: 'resolve', code: 'fixed' },
  reopen: { kind: 'reopen' },
  close: { kind: 'close', closure: 'confirmed' },
  cancel: { kind: 'cancel', reason: 'false-positive' },
  relevel: { kind: 'relevel', to: 2, reason: 'person' },
  unsuppress: { kind: 'unsuppress' },
  note: { kind: 'note', visibility: 'internal', text: ' 已联系机房 ' },
  contact: { kind: 'contact', contact: 'first-contact' },
};
/** State after each command; absent: refused. The diagram of the incident machine, spelled out. */
const TABLE: Readonly<Record<State, Partial<Record<CommandKind, State>>>> = {
  open: { acknowledge: 'acknowledged', start: 'in-progress', assign: 'open', resolve: 'resolved', cancel: 'cancelled', relevel: 'open', note: 'open', contact: 'open' },
  acknowledged: {
    start: 'in-progress',
    hold: 'on-hold',
    assign: 'acknowledged',
    resolve: 'resolved',
    cancel: 'cancelled',
    relevel: 'acknowledged',
    note: 'acknowledged',
    contact: 'acknowledged',
  },
  'in-progress': { hold: 'on-hold', assign: 'in-progress', resolve: 'resolved', cancel: 'cancelled', relevel: 'in-progress', note: 'in-progress', contact: 'in-progress' },
  'on-hold': { resume: 'in-progress', hold: 'on-hold', assign: 'on-hold', resolve: 'resolved', cancel: 'cancelled', relevel: 'on-hold', note: 'on-hold', contact: 'on-hold' },
  recovering: {
    acknowledge: 'recovering',
    start: 'recovering',
    assign: 'recovering',
    resolve: 'resolved',
    cancel: 'cancelled',
    relevel: 'recovering',
    note: 'recovering',
    contact: 'recovering',
  },
  suppressed: {
    ...{ acknowledge: 'suppressed', start: 'suppressed', unsuppress: 'open', assign: 'suppressed', resolve: 'resolved' },
    ...{ cancel: 'cancelled', relevel: 'suppressed', note: 'suppressed', contact: 'suppressed' },
  },
  resolved: { reopen: 'open', close: 'closed', note: 'resolved', contact: 'resolved' },
  closed: { note: 'closed' },
  cancelled: { note: 'cancelled' },
};

function refusal(run: () => unknown): AppError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

describe('commands', () => {
  const cases = STATES.flatMap((state) => COMMAND_KINDS.map((kind) => [state, kind, TABLE[state][kind]] as const));
  it.each(cases)('%s takes %s to %s', (state, kind, expected) => {
    const history = events([OPENED, ...WAYS[state]]);
    const incident = fold(history);
    expect(incident.state).toBe(state);
    if (expected === undefined) {
      const error = refusal(() => decide(incident, COMMANDS[kind], 0));
      expect(error?.code).toBe('conflict');
      expect(error?.details).toMatchObject({ state, allowed: ALLOWED[state] });
      return;
    }
    const bodies = decide(incident, COMMANDS[kind], 0);
    expect(fold([...history, ...events(bodies, history.length)]).state).toBe(expected);
    expect(bodies).not.toEqual([]);
  });

  it('go back to where people were after a relapse and after suppression', () => {
    const working: readonly EventBody[] = [OPENED, { kind: 'acknowledged' }, { kind: 'held', reason: 'customer', awaits: 'access' }];
    expect(fold(events([...working, { kind: 'recovering' }, { kind: 'relapsed' }]))).toMatchObject({ state: 'on-hold', relapses: 1, reopened: 0 });
    expect(fold(events([...working, { kind: 'suppressed', by: 'maintenance' }, { kind: 'unsuppressed' }])).state).toBe('on-hold');
  });

  it('refuse reopening after the window, a second acknowledgement while observed, and levels that contradict the policy', () => {
    const resolved = fold(events([OPENED, ...WAYS.resolved]));
    expect(refusal(() => decide(resolved, { kind: 'reopen' }, 1_000_000, { reopenWindowMs: 1_000 }))?.code).toBe('conflict');
    const observed = fold(events([OPENED, { kind: 'acknowledged' }, { kind: 'recovering' }]));
    expect(allowedFor(observed)).not.toContain('acknowledge');
    expect(refusal(() => decide(observed, { kind: 'acknowledge' }, 0))?.code).toBe('conflict');
    const open = fold(events([OPENED]));
    expect(refusal(() => decide(open, { kind: 'relevel', to: 3, reason: 'person' }, 0))?.code).toBe('conflict');
    expect(refusal(() => decide(open, { kind: 'relevel', to: 4, reason: 'no-access' }, 0))?.code).toBe('conflict');
  });

  it('refuse what contradicts itself', () => {
    const open = fold(events([OPENED, { kind: 'acknowledged' }]));
    expect(refusal(() => decide(open, { kind: 'hold', reason: 'vendor', awaits: 'access' }, 0))?.code).toBe('invalid');
    expect(refusal(() => decide(open, { kind: 'cancel', reason: 'duplicate' }, 0))?.code).toBe('invalid');
    expect(refusal(() => decide(open, { kind: 'cancel', reason: 'duplicate', of: 'i' }, 0))?.code).toBe('invalid');
    expect(refusal(() => decide(open, { kind: 'note', visibility: 'customer', text: '  ' }, 0))?.code).toBe('invalid');
    expect(refusal(() => decide(open, { kind: 'note', visibility: 'customer', text: 'x'.repeat(9_000) }, 0))?.code).toBe('too-large');
  });
});

describe('any legal history', () => {
  const sighting = fc.record({
    state: fc.constantFrom('firing', 'clear', 'stale', 'inhibited'),
    severity: fc.constantFrom('critical', 'warning', 'info'),
    flapping: fc.boolean(),
    late: fc.boolean(),
    level: fc.constantFrom(1, 2, 3, 4, 5),
    maintenance: fc.option(fc.constant({}), { nil: undefined }),
  }) as fc.Arbitrary<Omit<Sighting, 'at'>>;
  const step = fc.oneof(fc.constantFrom(...COMMAND_KINDS), sighting);

  /** Runs steps that are legal and leaves out the others, as callers do. */
  function run(steps: readonly (CommandKind | Omit<Sighting, 'at'>)[]): { history: IncidentEvent[]; incident: Incident } {
    let history = events([OPENED]);
    let incident = fold(history);
    for (const one of steps) {
      const now = (history.length + 1) * 1_000;
      let bodies: readonly EventBody[] = [];
      if (typeof one === 'string') {
        if (allowedFor(incident).includes(one)) refusal(() => (bodies = decide(incident, COMMANDS[one], now)));
      } else bodies = observe(incident, { ...one, at: now }, now);
      const added = events(bodies, history.length);
      history = [...history, ...added];
      incident = added.reduce(apply, incident);
    }
    return { history, incident };
  }

  it('folds to the same incident at once and step by step, and is consistent', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { history, incident } = run(steps);
        expect(fold(history)).toEqual(incident);
        expect(incident.version).toBe(history.length);
        expect(incident.state === 'resolved').toBe(incident.resolvedAt !== undefined && incident.closedAt === undefined);
        expect(incident.hold !== undefined).toBe(incident.work === 'on-hold' && incident.resolvedAt === undefined && incident.cancellation === undefined);
        expect(incident.state === 'recovering').toBe(incident.recovering !== undefined);
        expect(incident.state === 'suppressed').toBe(incident.suppressed !== undefined);
        for (const kind of allowedFor(incident)) expect(() => decide(incident, COMMANDS[kind], 0)).not.toThrow(TypeError);
      }),
      { numRuns: 500 },
    );
  });

  it('is changed by no repetition of what was seen already', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), sighting, (steps, seen) => {
        const { history, incident } = run([...steps, { ...seen, late: false }]);
        const again = observe(incident, { ...seen, late: false, at: history.length * 1_000 }, history.length * 1_000 + 1);
        expect(again).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('never ends by silence, lateness or inhibition', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.array(sighting, { maxLength: 20 }), (steps, seen) => {
        const { incident } = run(steps);
        const quiet = seen.filter(({ state, late }) => late || state === 'stale' || state === 'inhibited');
        let after = incident;
        for (const one of quiet) after = events(observe(after, { ...one, at: 1e9 }, 1e9), after.version).reduce(apply, after);
        for (const state of ['recovering', 'resolved', 'closed'] as const) if (after.state === state) expect(incident.state).toBe(state);
      }),
    );
  });
});
