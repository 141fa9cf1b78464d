import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Evaluation, NOTHING_SEEN } from '../../../agent/triggers/evaluation.ts';
import type { TriggerRules, TriggerSetting } from '../../../agent/triggers/rules.ts';
import { activeSignals } from '../../../agent/triggers/signals.ts';
import { EMPTY_STATE, MOST_TRACKED, type TriggerState } from '../../../agent/triggers/state.ts';
import { step } from '../../../agent/triggers/step.ts';
import type { Finding } from '../../../agent/wire/inspection.ts';
import type { Signal } from '../../../agent/wire/signal.ts';
import type { Verdict } from '../../../agent/wire/vocabulary.ts';

const T0 = 1_795_305_600;
const FAST = 'disk-space-low';
const LOADED = 'host-cpu-high'; // `for` 600 s
const DAILY = 'os-release-eol';
const RULES: TriggerRules = { settings: {}, maintenance: [] };
const rulesOf = (settings: Readonly<Record<string, TriggerSetting>>): TriggerRules => ({ settings, maintenance: [] });

function finding(over: Partial<Finding> = {}): Finding {
  return { check: FAST, area: 'disk', severity: 'warning', scope: { kind: 'Mount', node: 'node-1', name: '/data' }, observed: 7, threshold: 15, unit: 'percent', ...over };
}
const scopeOf = (name: string, over: Partial<Finding> = {}): Finding => finding({ scope: { kind: 'Mount', node: 'node-1', name }, ...over });
/** A look at the checks of the findings, and at others that passed or said something else. */
function look(findings: readonly Finding[], others: Readonly<Record<string, Verdict>> = {}, more: Partial<Evaluation> = {}): Evaluation {
  const verdicts = new Map<string, Verdict>(Object.entries(others));
  for (const { check } of findings) verdicts.set(check, 'fail');
  return { ...NOTHING_SEEN, findings, verdicts: [...verdicts].map(([check, verdict]) => ({ check, verdict })), ...more };
}
const passes = (check = FAST): Evaluation => look([], { [check]: 'pass' });
const unknown = (check = FAST): Evaluation => look([], { [check]: 'unknown' });

/** Plays looks, `seconds` apart. */
function play(looks: readonly Evaluation[], seconds = 60, rules = RULES, from: TriggerState = EMPTY_STATE): { state: TriggerState; told: readonly (readonly Signal[])[] } {
  let state = from;
  const told = looks.map((evaluation) => {
    const next = step(state, evaluation, rules, { at: (state.at === 0 ? T0 : state.at) + seconds, elapsedSeconds: state.at === 0 ? undefined : seconds });
    state = next.state;
    return next.changes;
  });
  return { state, told };
}
const words = (told: readonly (readonly Signal[])[]): readonly string[] => told.map((changes) => changes.map(({ state, severity }) => `${state}/${severity}`).join(' '));

describe('when a trouble opens', () => {
  it.each<[string, Evaluation[], string[]]>([
    [
      'a critical finding that holds opens at the second fast look',
      [look([finding({ severity: 'critical' })]), look([finding({ severity: 'critical' })])],
      ['', 'firing/critical'],
    ],
    ['a critical finding seen once does not', [look([finding({ severity: 'critical' })]), passes(), passes()], ['', '', '']],
    ['a warning opens after two runs', [look([finding()]), look([finding()])], ['', 'firing/warning']],
    ['info never opens', [look([finding({ severity: 'info' })]), look([finding({ severity: 'info' })]), look([finding({ severity: 'info' })])], ['', '', '']],
    ['a critical finding of the daily inspection opens at once', [look([finding({ check: DAILY, severity: 'critical' })])], ['firing/critical']],
    ['a warning of the daily inspection opens at the second', [look([finding({ check: DAILY })]), look([finding({ check: DAILY })])], ['', 'firing/warning']],
    ['a critical that is critical every other time opens as the warning it is', [look([finding({ severity: 'critical' })]), look([finding()])], ['', 'firing/warning']],
  ])('%s', (_, looks, expected) => {
    expect(words(play(looks).told)).toEqual(expected);
  });
  it('waits for its `for`, counted from the first look', () => {
    const burning = look([finding({ check: LOADED })]);
    const { told } = play(Array.from({ length: 12 }, () => burning));
    expect(words(told).indexOf('firing/warning')).toBe(10);
    expect(told[10]?.[0]?.since).toBe(T0 + 60);
  });
  it('begins its `for` anew after a miss', () => {
    const burning = look([finding({ check: LOADED })]);
    expect(words(play([...Array.from({ length: 8 }, () => burning), passes(LOADED), ...Array.from({ length: 8 }, () => burning)]).told).join('')).toBe('');
  });
  it('opens with n of m samples', () => {
    const rules = rulesOf({ [FAST]: { samples: { atLeast: 3, of: 5 } } });
    expect(words(play([look([finding()]), look([finding()]), passes(), look([finding()])], 60, rules).told)).toEqual(['', '', '', 'firing/warning']);
    expect(words(play([look([finding()]), passes(), passes(), passes(), look([finding()]), look([finding()])], 60, rules).told).join('')).toBe('');
  });
  it('does not open what the site wants in reports only, and gives up what was open', () => {
    const rules = rulesOf({ [FAST]: { opens: false } });
    expect(words(play([look([finding()]), look([finding()]), look([finding()])], 60, rules).told).join('')).toBe('');
    const open = play([look([finding()]), look([finding()])]).state;
    expect(words(play([look([finding()])], 60, rules, open).told)).toEqual(['stale/warning']);
  });
  it('tells when it becomes critical, and when it has been milder for a while', () => {
    const [mild, grave] = [look([finding()]), look([finding({ severity: 'critical', observed: 2 })])];
    const { told } = play([mild, mild, grave, grave, mild, mild, mild]);
    expect(words(told)).toEqual(['', 'firing/warning', '', 'firing/critical', '', 'firing/warning', '']);
  });
});

describe('when it is over', () => {
  const open = play([look([finding()]), look([finding()])]).state;
  it('clears when it has been away for its keep-firing time', () => {
    const { told, state } = play([passes(), passes(), passes()], 60, RULES, open);
    expect(words(told)).toEqual(['', 'clear/warning', '']);
    expect(activeSignals(state)).toEqual([]);
  });
  it('goes on while the value stands between the two thresholds', () => {
    const between = look([], { [FAST]: 'pass' }, { held: [finding()] });
    const { told, state } = play([between, between, between, between, between], 60, RULES, open);
    expect(words(told).join('')).toBe('');
    expect(activeSignals(state)).toHaveLength(1);
    expect(words(play([passes(), passes()], 60, RULES, state).told)).toEqual(['', 'clear/warning']);
  });
  it('does not open between the two thresholds', () => {
    const between = look([], { [FAST]: 'pass' }, { held: [finding()] });
    expect(words(play([between, between, between]).told).join('')).toBe('');
  });
  it('a list that was cut refutes nothing', () => {
    const cut = look([scopeOf('/other')], {}, { partial: [FAST] });
    expect(words(play([cut, cut, cut], 60, RULES, open).told).filter((word) => word.includes('clear'))).toEqual([]);
  });
  it('a check that does not run now leaves it as it was', () => {
    const daily = play([look([finding({ check: DAILY, severity: 'critical' })])]).state;
    expect(
      words(
        play(
          Array.from({ length: 100 }, () => passes()),
          60,
          RULES,
          daily,
        ).told,
      ).join(''),
    ).toBe('');
    expect(words(play([passes(DAILY)], 86_400, RULES, daily).told)).toEqual(['clear/critical']);
  });
  it('a check that no longer applies answers for it after a day, not at once', () => {
    const absent = look([], { [FAST]: 'not-applicable' });
    const { told } = play(
      Array.from({ length: 26 }, () => absent),
      3_600,
      RULES,
      open,
    );
    expect(words(told)[0]).toBe('stale/warning');
    expect(words(told).filter((word) => word.startsWith('clear'))).toHaveLength(1);
    expect(words(told).findIndex((word) => word.startsWith('clear'))).toBe(24);
  });
});

describe('what cannot be seen', () => {
  const open = play([look([finding()]), look([finding()])]).state;
  it('is stale after a grace, never clear, and fires again when seen again', () => {
    const { told, state } = play(
      Array.from({ length: 8 }, () => unknown()),
      60,
      RULES,
      open,
    );
    expect(words(told)).toEqual(['', '', '', '', '', 'stale/warning', '', '']);
    expect(words(play([look([finding()])], 60, RULES, state).told)).toEqual(['firing/warning']);
  });
  it('is stale too when nobody looks at all', () => {
    expect(
      words(
        play(
          Array.from({ length: 7 }, () => NOTHING_SEEN),
          60,
          RULES,
          open,
        ).told,
      ).join(''),
    ).toBe('stale/warning');
  });
  it('is given up after a month, and counted', () => {
    const { state } = play([NOTHING_SEEN, NOTHING_SEEN], 16 * 86_400, RULES, open);
    expect(state.tracked).toEqual({});
    expect(state.forgotten).toBe(1);
  });
  it('an unknown verdict never clears, whatever came before', () => {
    const answer = fc.constantFrom(look([finding()]), look([finding({ severity: 'critical' })]), passes(), unknown(), NOTHING_SEEN);
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 40 }), fc.integer({ min: 1, max: 7_000 }), (before, seconds) => {
        const { state } = play(before, seconds);
        const { told } = play(
          Array.from({ length: 30 }, () => unknown()),
          seconds,
          RULES,
          state,
        );
        expect(told.flat().filter((signal) => signal.state === 'clear')).toEqual([]);
      }),
    );
  });
});

describe('flapping', () => {
  const every30s = (minutes: number, pattern: readonly boolean[]): Evaluation[] =>
    Array.from({ length: minutes * 2 }, (_, index) => (pattern[index % pattern.length] ? look([finding()]) : passes()));
  it.each([
    ['every look', [true, false]],
    ['every other look', [true, true, false, false]],
    ['two of three', [true, true, false]],
  ])('six hours of change at %s are one trouble and few changes', (_, pattern) => {
    const { told, state } = play([...every30s(360, pattern), ...Array.from({ length: 60 }, () => passes())], 30);
    const changes = told.flat();
    expect(changes.length).toBeGreaterThanOrEqual(2);
    expect(changes.length).toBeLessThanOrEqual(4);
    expect(changes.some(({ flapping }) => flapping)).toBe(true);
    expect(changes.at(-1)?.state).toBe('clear');
    expect(state.tracked).toEqual({});
  });
  it('what comes and goes more slowly than it keeps firing is one trouble too', () => {
    const changing = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? look([finding({ check: DAILY, severity: 'critical' })]) : passes(DAILY)));
    const changes = play(changing, 3_600).told.flat();
    expect(changes.at(-1)).toMatchObject({ state: 'firing', flapping: true });
    expect(changes.length).toBeLessThanOrEqual(12); // until it is known to flap, each change is one
  });
});

describe('inhibition', () => {
  const down = finding({ check: 'node-unreachable', area: 'node', severity: 'critical', scope: { kind: 'Node', name: 'node-1' } });
  const pod = finding({ check: 'pod-terminating-stuck', area: 'pod', scope: { kind: 'Pod', namespace: 'shop', node: 'node-1', name: 'web-1' } });
  const elsewhere = finding({ check: 'pod-crash-loop', area: 'pod', scope: { kind: 'Deployment', namespace: 'shop', name: 'api' } });
  it('a node that is down hides what runs on it, and nothing else', () => {
    const { state, told } = play([look([down, pod, elsewhere]), look([down, pod, elsewhere])]);
    expect(told[1]?.map(({ check, state: word, parent }) => [check, word, parent?.check])).toEqual([
      ['node-unreachable', 'firing', undefined],
      ['pod-crash-loop', 'firing', undefined],
      ['pod-terminating-stuck', 'inhibited', 'node-unreachable'],
    ]);
    expect(activeSignals(state)).toHaveLength(3);
  });
  it('a workload is hidden when all its broken pods are there', () => {
    const at = (nodes: readonly string[]): Evaluation => look([down, elsewhere], {}, { placements: [{ scope: elsewhere.scope, nodes }] });
    expect(play([at(['node-1']), at(['node-1'])]).told[1]?.map(({ state }) => state)).toEqual(['firing', 'inhibited']);
    expect(play([at(['node-1', 'node-2']), at(['node-1', 'node-2'])]).told[1]?.map(({ state }) => state)).toEqual(['firing', 'firing']);
  });
  it('a child waits for a parent that is seen but not yet sure', () => {
    const { told } = play([look([pod]), look([pod, down]), look([pod, down])]);
    expect(words(told)).toEqual(['', '', 'firing/critical inhibited/warning']);
  });
  it('when the parent is over, the child stands for itself only after it was seen again', () => {
    const { state } = play([look([down, pod]), look([down, pod])]);
    const both = { 'node-unreachable': 'pass', 'pod-terminating-stuck': 'pass' } as const;
    const still = play([look([pod], both), look([pod], both), look([pod], both), look([pod], both)], 60, RULES, state);
    expect(words(still.told)).toEqual(['', 'clear/critical', 'firing/warning', '']);
    expect(words(play([look([], both), look([], both)], 60, RULES, state).told)).toEqual(['', 'clear/critical clear/warning']);
  });
  it('an API server that cannot be reached hides what is still seen, and what is not goes stale', () => {
    const gone = finding({ check: 'control-plane-api-unreachable', area: 'control-plane', severity: 'critical', scope: { kind: 'Cluster', name: 'cluster' } });
    const { state } = play([look([elsewhere]), look([elsewhere])]);
    const { told } = play(
      Array.from({ length: 7 }, () => look([gone], { 'pod-crash-loop': 'unknown' })),
      60,
      RULES,
      state,
    );
    expect(words(told)).toEqual(['', 'firing/critical inhibited/warning', '', '', '', 'stale/warning', '']);
  });
});

describe('time', () => {
  const open = play([look([finding()]), look([finding()])]).state;
  it.each([-86_400 * 365, -3_600, -1, 86_400])('a wall clock that jumps by %d s changes nothing', (jump) => {
    const next = step(open, look([finding()]), RULES, { at: open.at + jump, elapsedSeconds: 60 });
    expect(next.changes).toEqual([]);
    const later = step(next.state, passes(), RULES, { at: open.at + jump + 120, elapsedSeconds: 120 });
    expect(later.changes.map(({ state }) => state)).toEqual(['clear']);
    expect(later.changes[0]?.at).toBeGreaterThan(activeSignals(open)[0]?.at ?? Number.POSITIVE_INFINITY);
  });
  it('a restart with a clock that was set back takes no time back', () => {
    const next = step(open, passes(), RULES, { at: open.at - 5_000, elapsedSeconds: undefined });
    expect(next.state.clock).toBe(open.clock);
  });
});

describe('maintenance', () => {
  const window = (at: number): TriggerRules => ({ settings: {}, maintenance: [{ match: { kind: 'Node', name: 'node-*' }, when: { from: at, to: at + 300 } }] });
  it('marks what falls into it and says when it is over', () => {
    const rules = window(T0);
    const { told } = play(
      Array.from({ length: 7 }, () => look([finding()])),
      60,
      rules,
    );
    expect(told.flat().map(({ state, maintenance }) => [state, maintenance])).toEqual([
      ['firing', true],
      ['firing', false],
    ]);
  });
});

describe('the state', () => {
  const severity = fc.constantFrom('critical', 'warning', 'info' as const);
  const findings = fc.array(
    fc.record({ name: fc.constantFrom('/a', '/b', '/c'), severity, check: fc.constantFrom(FAST, DAILY, 'disk-mount-hung'), observed: fc.integer({ min: 0, max: 5 }) }),
    { maxLength: 8 },
  );
  const looks = fc.array(
    findings.map((rows) =>
      look(
        rows.map(({ name, ...rest }) => scopeOf(name, rest)),
        { [FAST]: 'pass', [DAILY]: 'unknown' },
      ),
    ),
    { maxLength: 30 },
  );
  it('through a file between all steps is the state of a run without a break', () => {
    fc.assert(
      fc.property(looks, (all) => {
        let kept = EMPTY_STATE;
        const told: (readonly Signal[])[] = [];
        for (const evaluation of all) {
          const at = (kept.at === 0 ? T0 : kept.at) + 60;
          const next = step(JSON.parse(JSON.stringify(kept)) as TriggerState, evaluation, RULES, { at, elapsedSeconds: undefined });
          kept = next.state;
          told.push(next.changes);
        }
        expect(told).toEqual(play(all).told);
      }),
    );
  });
  it('does not depend on the order of findings', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const reversed = all.map((one) => ({ ...one, findings: one.findings.toReversed(), verdicts: one.verdicts.toReversed() }));
        expect(play(reversed).told).toEqual(play(all).told);
        expect(play(reversed).state).toEqual(play(all).state);
      }),
    );
  });
  it('changes add up: what they say last of each identity is what is active', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const { state, told } = play(all);
        const last = new Map<string, Signal>();
        for (const signal of told.flat()) last.set(`${signal.check} ${signal.scope.name}`, signal);
        const open = [...last.values()]
          .filter((signal) => signal.state !== 'clear')
          .map(({ check, scope, state: word, severity: grade }) => [check, scope.name, word, grade].join());
        expect(
          activeSignals(state)
            .map(({ check, scope, state: word, severity: grade }) => [check, scope.name, word, grade].join())
            .sort(),
        ).toEqual(open.sort());
      }),
    );
  });
  it('holds no more than fits into one payload: the worst', () => {
    const many = Array.from({ length: MOST_TRACKED + 500 }, (_, index) => scopeOf(`/m${index}`, { severity: index % 10 === 0 ? 'critical' : 'warning' }));
    const { state, told } = play([look(many), look(many)]);
    expect(Object.keys(state.tracked)).toHaveLength(MOST_TRACKED);
    expect(state.dropped).toBeGreaterThanOrEqual(500);
    expect(told[1]?.filter(({ severity: grade }) => grade === 'critical')).toHaveLength(many.length / 10);
    expect(activeSignals(state)[0]?.severity).toBe('critical');
  });
  it('does not change what it was given', () => {
    const before = play([look([finding()])]).state;
    const copy = structuredClone(before);
    step(before, look([finding({ severity: 'critical' })]), RULES, { at: before.at + 60, elapsedSeconds: 60 });
    expect(before).toEqual(copy);
  });
});
