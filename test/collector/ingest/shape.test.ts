import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../collector/ingest/shape.ts';
import { inspection } from '../../support/payloads.ts';

const of = (json: string) => shapeOf(Buffer.from(json));
/** A payload with lists in lists; the payload itself is the first level. */
const nested = (levels: number): string => `{"schema":1,"findings":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
const list = (rows: number): string => `{"schema":1,"findings":[${Array.from({ length: rows }, () => '1').join(',')}]}`;

describe('the shape of a payload', () => {
  it('is found without fault in what agents send', () => {
    for (const role of ['node', 'cluster'] as const) expect(of(inspection({ role }).json)).toEqual({ version: 1, hasStrangeKeys: false });
  });
  it.each([
    [10, undefined],
    [11, 'contract'],
    [100_000, 'contract'],
  ])('of %i levels has the fault %s', (levels, fault) => {
    expect(of(nested(levels)).fault).toBe(fault);
  });
  it('bounds the rows of one list, the length of one text, and all values together', () => {
    expect([of(list(6_001)).fault, of(list(6_002)).fault]).toEqual([undefined, 'contract']);
    expect([of(`{"schema":1,"name":"${'x'.repeat(1_100)}"}`).fault, of(`{"schema":1,"name":"${'x'.repeat(1_101)}"}`).fault]).toEqual([undefined, 'contract']);
    const rows = `[${Array.from({ length: 5_000 }, () => '1').join(',')}]`;
    expect(of(`{"schema":1,"findings":[${Array.from({ length: 210 }, () => rows).join(',')}]}`).fault).toBe('contract');
  });
  it('tells keys that the contract does not have, wherever they stand, and no others', () => {
    expect(of('{"schema":1,"node":"unheard"}').hasStrangeKeys).toBe(false);
    expect(of('{"schema":1,"unheard":1}').hasStrangeKeys).toBe(true);
    expect(of('{"schema":1,"findings":[{"scope":{"unheard":1}}]}').hasStrangeKeys).toBe(true);
    expect(of('{"schema":1,"__proto__":{}}').hasStrangeKeys).toBe(true);
  });
  it('reads the version of the payload itself, not one that stands deeper or in a text', () => {
    expect(of('{"agent":{"schema":7},"clearNames":["\\"schema\\":8"],"schema":2}').version).toBe(2);
    expect(of('{"agent":{"schema":7}}').version).toBeUndefined();
  });
  it.each(['', '[]', '{', '{"a":[}', '}'])('of %j is no payload', (text) => {
    expect(of(text).fault).toBe('malformed');
  });
});
