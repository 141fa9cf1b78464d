import { expect, it } from 'vitest';
import { ConfigError, type Fault, parseSiteConfig } from '../../agent/config.ts';

function faultsOf(text: string): readonly Fault[] {
  try {
    parseSiteConfig(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

it('reads what a site changed about triggers', () => {
  const { triggers, maintenance, fastPath } = parseSiteConfig(`
triggers:
  disk-space-low: { forSeconds: 300, keepFiringSeconds: 600, samples: { atLeast: 3, of: 5 }, staleSeconds: 900, clear: { warningPercent: 20 } }
  link-down: { opens: false }
maintenance:
  - match: { kind: Node, name: "db-*" }
    checks: ["disk-*"]
    weekly: { days: [sat, sun], from: "22:00", to: "02:00", timeZone: Asia/Shanghai }
  - once: { from: "2026-12-01T20:00:00+08:00", to: "2026-12-02T02:00:00+08:00" }
fastPath: { intervalSeconds: 30 }
`);
  expect(triggers).toEqual({
    'disk-space-low': { forSeconds: 300, keepFiringSeconds: 600, samples: { atLeast: 3, of: 5 }, staleSeconds: 900, clear: { warningPercent: 20 } },
    'link-down': { opens: false },
  });
  expect(maintenance).toEqual([
    { match: { kind: 'Node', name: 'db-*' }, checks: ['disk-*'], when: { days: ['sat', 'sun'], fromMinute: 1_320, toMinute: 120, timeZone: 'Asia/Shanghai' } },
    { when: { from: 1_796_126_400, to: 1_796_148_000 } },
  ]);
  expect(fastPath).toEqual({ intervalSeconds: 30 });
});
it('has defaults for all of it', () => {
  expect(parseSiteConfig('')).toMatchObject({ triggers: {}, maintenance: [], fastPath: { intervalSeconds: 60 } });
});
it.each([
  ['triggers: { no-such-check: {} }', 'triggers.no-such-check', 'unknown-check'],
  ['triggers: { disk-space-low: { clear: { warningPercents: 3 } } }', 'triggers.disk-space-low.clear.warningPercents', 'unknown-threshold'],
  ['triggers: { disk-space-low: { forMinutes: 3 } }', 'triggers.disk-space-low.forMinutes', 'unknown-key'],
  ['triggers: { disk-space-low: { forSeconds: -1 } }', 'triggers.disk-space-low.forSeconds', 'invalid'],
  ['triggers: { disk-space-low: { samples: { atLeast: 3, of: 2 } } }', 'triggers.disk-space-low.samples', 'invalid'],
  ['maintenance: [{ match: { kind: Node } }]', 'maintenance.0', 'invalid'],
  ['maintenance: [{ once: { from: "2026-12-02T00:00:00Z", to: "2026-12-01T00:00:00Z" } }]', 'maintenance.0.once', 'invalid'],
  ['maintenance: [{ once: { from: tomorrow, to: "2026-12-01T00:00:00Z" } }]', 'maintenance.0.once.from', 'invalid'],
  ['maintenance: [{ weekly: { days: [sat], from: "25:00", to: "02:00", timeZone: UTC } }]', 'maintenance.0.weekly.from', 'invalid'],
  ['maintenance: [{ weekly: { days: [sat], from: "22:00", to: "02:00", timeZone: Mars/Olympus } }]', 'maintenance.0.weekly.timeZone', 'invalid'],
  ['fastPath: { intervalSeconds: 1 }', 'fastPath.intervalSeconds', 'invalid'],
])('says where it is wrong: %s', (text, path, problem) => {
  expect(faultsOf(text)).toContainEqual(expect.objectContaining({ path, problem }));
});
