import { describe, expect, it } from 'vitest';
import { driftViolations } from '../../../../agent/checks/middleware-drift.ts';
import { driftOf } from '../../../../agent/gatherers/middleware/drift.ts';
import type { SettingRow } from '../../../../agent/gatherers/middleware/setting-values.ts';
import type { ApprovedSettings } from '../../../../agent/middleware/declaration.ts';
import { encodeScope, RefusedError } from '../../../../agent/wire/encode-values.ts';
import { Pseudonyms } from '../../../../agent/wire/pseudonym.ts';
import { instanceOf, settingParts, settingScope } from '../../../../agent/wire/setting-scope.ts';

const CACHE = 'prod/StatefulSet/cache';
function row(key: string, value: Partial<SettingRow>, member = 'cache-0', instance = CACHE): SettingRow {
  return { instance, product: 'redis', member, key, ...value };
}
const policy = (word: string, member?: string): SettingRow => row('maxmemory-policy', { word }, member);
const boundary = (clear: readonly 'instance'[] = []) => ({ pseudonyms: new Pseudonyms(new Uint8Array(32).fill(3)), clearNames: new Set(clear) });

describe('drift of settings', () => {
  it('is told by key, with the value now and the approved one', () => {
    const now = [policy('allkeys-lru'), row('appendonly', { flag: true }), row('maxmemory', { number: 5 })];
    const approved = [policy('noeviction'), row('appendonly', { flag: true }), row('maxmemory', { number: 9 })];
    const { rows, approved: baselines } = driftOf(now, { [CACHE]: { approvedAt: 1, settings: approved } });
    expect(baselines).toEqual([{ instance: CACHE, approvedAt: 1, settings: 3 }]);
    expect(driftViolations(rows, now, 'baseline')).toEqual([
      { scope: { kind: 'Setting', name: `${CACHE}#maxmemory-policy` }, observed: 'allkeys-lru', threshold: 'noeviction' },
      { scope: { kind: 'Setting', name: `${CACHE}#maxmemory` }, observed: 5, threshold: 9, unit: 'bytes' },
    ]);
    expect(driftViolations(rows, now, 'members')).toEqual([]);
  });

  it('is one finding for a key, however many members moved', () => {
    const now = [policy('allkeys-lru'), policy('allkeys-lru', 'cache-1'), policy('allkeys-lru', 'cache-2')];
    const { rows } = driftOf(now, { [CACHE]: { approvedAt: 1, settings: [policy('noeviction')] } });
    expect(rows).toHaveLength(3); // new members have what the others were approved with
    expect(driftViolations(rows, now, 'baseline')).toHaveLength(1);
  });

  it('names the member where only some moved, and none where all did', () => {
    const now = [policy('allkeys-lru'), policy('noeviction', 'cache-1'), policy('allkeys-lru', 'cache-2')];
    const { rows } = driftOf(now, { [CACHE]: { approvedAt: 1, settings: [policy('noeviction')] } });
    expect(driftViolations(rows, now, 'baseline').map(({ scope }) => scope?.name)).toEqual([`${CACHE}|cache-0#maxmemory-policy`, `${CACHE}|cache-2#maxmemory-policy`]);
    expect(driftViolations(rows, now, 'members').map(({ scope }) => scope?.name)).toEqual([`${CACHE}|cache-1#maxmemory-policy`]);
  });

  it('goes by a group of members that was approved as of a day, for members that come later too', () => {
    const approved = [policy('noeviction', 'cache-*'), policy('allkeys-lru', 'spare-?')];
    const now = [policy('noeviction', 'cache-0'), policy('volatile-lru', 'cache-9'), policy('allkeys-lru', 'spare-1'), policy('volatile-lru', 'other-0')];
    const { rows } = driftOf(now, { [CACHE]: { approvedAt: 1, settings: approved } });
    expect(rows.filter(({ against }) => against === 'baseline')).toEqual([expect.objectContaining({ member: 'cache-9', word: 'volatile-lru', wasWord: 'noeviction' })]);
    expect(driftViolations(rows, now, 'baseline')[0]?.scope?.name).toBe(`${CACHE}|cache-9#maxmemory-policy`);
  });

  it('between members is told where the fewer differ from the most', () => {
    const { rows } = driftOf([policy('noeviction'), policy('noeviction', 'cache-1'), policy('allkeys-lru', 'cache-2')], {});
    expect(rows).toEqual([expect.objectContaining({ member: 'cache-2', against: 'members', word: 'allkeys-lru', wasWord: 'noeviction' })]);
  });

  it('goes by the configuration where it says what is approved: per instance, per group of members, the last that fits', () => {
    const configured: ApprovedSettings[] = [
      { product: 'redis', settings: { 'maxmemory-policy': 'noeviction', appendonly: 'yes' } },
      { product: 'redis', instance: 'prod/*', member: 'cache-1', settings: { 'maxmemory-policy': 'allkeys-lru' } },
      { product: 'mysql', settings: { max_connections: 5 } },
    ];
    const now = [policy('allkeys-lru'), policy('allkeys-lru', 'cache-1'), row('appendonly', { flag: true }), policy('allkeys-lru', 'other-0')];
    const { rows, approved } = driftOf(now, { [CACHE]: { approvedAt: 1, settings: [policy('allkeys-lru')] } }, configured);
    expect(approved).toEqual([{ instance: CACHE, approvedAt: 1, settings: 4 }]);
    expect(rows.map(({ member, key, wasWord }) => [member, key, wasWord])).toEqual([
      ['cache-0', 'maxmemory-policy', 'noeviction'],
      ['other-0', 'maxmemory-policy', 'noeviction'],
    ]);
    expect(driftOf(now, {}, configured).approved).toEqual([{ instance: CACHE, approvedAt: undefined, settings: 4 }]);
    expect(driftOf(now, {}, configured.slice(2)).approved).toEqual([]);
  });

  it('travels with the key in clear and the instance as its pseudonym, and with no key that is not in the list', () => {
    expect(encodeScope(settingScope(CACHE, 'maxmemory'), boundary())).toEqual({ kind: 'Setting', name: expect.stringMatching(/^instance~[a-z2-7]{20}#maxmemory$/) as string });
    expect(encodeScope(settingScope('a#b', 'maxmemory'), boundary(['instance'])).name).toBe('a#b#maxmemory');
    for (const name of ['canary', `${CACHE}#canary`, `${CACHE}#`, '#maxmemory']) expect(() => encodeScope({ kind: 'Setting', name }, boundary())).toThrow(RefusedError);
    expect(encodeScope(settingScope(CACHE, 'maxmemory', 'cache-0'), boundary()).name).toMatch(/^instance~[a-z2-7]{20}\|member~[a-z2-7]{20}#maxmemory$/);
    expect(instanceOf(settingScope('a#b', 'maxmemory'))).toBe('a#b');
    expect(instanceOf(settingScope('a|b', 'maxmemory', 'rabbit@one'))).toBe('a|b');
    expect(settingParts('a#maxmemory')).toEqual({ instance: 'a', key: 'maxmemory' });
  });
});
