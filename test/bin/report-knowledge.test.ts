import { expect, it } from 'vitest';
import { KNOWLEDGE } from '../../bin/report-knowledge.ts';
import { lifecycleState } from '../../reports/lists/outlook.ts';

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 1_000;
const period = (day: string): Parameters<typeof lifecycleState>[1] => ({ period: { asOf: at(day), zoneMinutes: 0 } });
const DEBIAN_12 = KNOWLEDGE.systemLife({ distribution: 'debian', versionId: '12', release: '12.9' } as Parameters<typeof KNOWLEDGE.systemLife>[0]); // only what names the release is read

it('a table says which kind of support a release has, and when the regular one ended', () => {
  const life = DEBIAN_12 ?? {};
  expect(lifecycleState(life, period('2026-06-01'), 'zh').text).toBe('✓ 支持中');
  expect(lifecycleState(life, period('2026-11-26'), 'zh')).toEqual({ text: '● 仅 LTS/扩展支持（2026-06-10 起）', tone: 'info' });
  expect(lifecycleState(life, period('2026-11-26'), 'en').text).toBe('● LTS/extended only (since 2026-06-10)');
  expect(lifecycleState(life, period('2028-06-29'), 'en').text).toBe('▲ Ends within 180 days');
  expect(lifecycleState(life, period('2028-07-02'), 'en').text).toBe('■ Out of support');
});

it.each([
  ['v1.35.8', '2026-12-31', 'v1.36'], // ends in 60 days: the next one lasts longer
  ['v1.35.8', '2026-06-01', undefined], // long supported
  ['v1.36.1', '2027-06-01', undefined], // nothing newer is known
  ['v1.20.2', '2026-11-26', 'v1.35'], // ended long ago: the oldest that is maintained
] as const)('%s on %s is advised %s', (version, day, advised) => {
  const [entry] = KNOWLEDGE.lifecycles({ kubernetes: [version], systems: [] }, at(day));
  expect(entry?.advised).toBe(advised);
});
