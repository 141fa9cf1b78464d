import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canonical } from '../../../agent/wire/encode-values.ts';
import { conforming, readConforming } from '../../../collector/ingest/contract.ts';
import { Cursor, readNumber, readText, skipValue } from '../../../collector/ingest/cursor.ts';
import { FACT_SECTIONS, factsOf } from '../../../collector/ingest/inspection-facts.ts';
import { readerOf } from '../../../collector/ingest/reader.ts';
import { SERIES } from '../../../collector/ingest/series.ts';
import type { WireInspection } from '../../../collector/ingest/wire-inspection.ts';
import { HEALTHY } from '../../fixtures/healthy/index.ts';
import { diskFinding, inspection } from '../../support/payloads.ts';

const RECORDED = join(import.meta.dirname, '../../fixtures/wire');
const recorded = readdirSync(RECORDED)
  .filter((name) => name.endsWith('.json.gz'))
  .map((name) => gunzipSync(readFileSync(join(RECORDED, name))).toString('utf8'));
const made = [inspection({ findings: [diskFinding(), diskFinding('/var')] }).json, inspection({ role: 'cluster', epoch: 2 }).json, inspection({ sections: HEALTHY }).json];

/** What decides where the reader cannot tell. */
function parsedAndChecked(json: string): WireInspection | undefined {
  try {
    const value: unknown = JSON.parse(json);
    const accepted = JSON.stringify(value) === json ? conforming('inspection', value) : undefined;
    return accepted?.kind === 'inspection' ? accepted.payload : undefined;
  } catch {
    return undefined;
  }
}
const read = (json: string) => readConforming(Buffer.from(json));

describe('the reader of inspections', () => {
  it('reads whatever agents write, of this release and of older ones, and draws the same facts', () => {
    for (const json of [...made, ...recorded]) {
      const payload = parsedAndChecked(json);
      const source = read(json);
      expect(payload).toBeDefined();
      expect(source).toBeDefined();
      if (payload && source) expect(factsOf(source)).toEqual(factsOf(payload));
    }
  });

  it('never says yes to a text that is not canonical or not of the contract, whichever letters are changed', () => {
    const pieces = [
      '',
      ' ',
      '"',
      ',',
      ':',
      '{',
      '}',
      '[',
      ']',
      '\\',
      '\\u0061',
      '0',
      '-',
      '.5',
      '.0',
      'e1',
      '1e3',
      'null',
      'true',
      '"schema":1,',
      ',"unknown":0',
      '[[',
      'é',
      '\u0000',
    ];
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...made),
        fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 }))), { minLength: 1, maxLength: 2 }),
        (json, changes) => {
          let changed = json;
          for (const [place, length, piece] of changes) {
            const at = place % changed.length;
            changed = changed.slice(0, at) + piece + changed.slice(at + length);
          }
          const source = read(changed);
          if (source === undefined) return;
          accepted += 1;
          const payload = parsedAndChecked(changed);
          expect(payload, changed).toBeDefined();
          if (payload) expect(factsOf(source)).toEqual(factsOf(payload));
        },
      ),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it('says yes wherever the contract does, for canonical texts with a value changed, added or left out', () => {
    const values = [
      undefined,
      0,
      1,
      2,
      7,
      42,
      99,
      null,
      true,
      -1,
      0.5,
      1.25e-7,
      1e21,
      12_345_678.901_234,
      Number.MAX_SAFE_INTEGER + 2,
      '',
      'x',
      'node~aaaaaaaaaaaaaaaaaaaa',
      '1.2.3',
      'linux',
      [],
      [1],
      {},
    ];
    let yes = 0;
    let no = 0;
    fc.assert(
      fc.property(fc.constantFrom(...made), fc.array(fc.nat(400), { minLength: 1, maxLength: 5 }), fc.constantFrom(...values), fc.boolean(), (json, path, by, isNew) => {
        const changed = canonical(altered(JSON.parse(json), path, by, isNew));
        const wanted = parsedAndChecked(changed) !== undefined;
        if (wanted) yes += 1;
        else no += 1;
        expect(read(changed) !== undefined, changed).toBe(wanted);
      }),
      { numRuns: 600 },
    );
    expect(Math.min(yes, no)).toBeGreaterThan(20);
  });

  it('leaves what is written otherwise to the parser: keys in another order, repeated, or with escapes', () => {
    const [json = ''] = made;
    for (const changed of [
      json.replace('{"agent":', '{ "agent":'),
      json.replace('"schema":1', '"schema":1,"schema":1'),
      json.replace('"schema":1', '"\\u0073chema":1'),
      json.replace('"schema":1', '"schema":1.0'),
      json.replace('"findingsCut":0', '"findingsCut":-0'),
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(json) as object).reverse())),
      `${json} `,
      json.slice(0, -1),
      '',
      '{',
    ]) {
      expect(changed).not.toBe(json);
      expect(read(changed)).toBeUndefined();
    }
  });

  it('parses the sections that series are drawn from, and no series reads another one', () => {
    for (const series of SERIES) {
      const asked: string[] = [];
      const sections = new Proxy(HEALTHY, {
        get(healthy, id: keyof typeof HEALTHY) {
          asked.push(id);
          return healthy[id];
        },
      });
      series.read(sections, 0);
      expect(FACT_SECTIONS, series.name).toEqual(expect.arrayContaining(asked));
    }
  });
});

/** Changes the value at a place, or adds it as a member that nobody knows. */
function altered(value: unknown, [step = 0, ...rest]: readonly number[], by: unknown, isNew: boolean): unknown {
  if (typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value);
  const [key, inner] = entries[step % Math.max(1, entries.length)] ?? [undefined, undefined];
  if (key === undefined || (rest.length === 0 && isNew)) return Array.isArray(value) ? [...value, by] : { ...value, unknown: by };
  const changed = rest.length === 0 ? by : altered(inner, rest, by, isNew);
  return Array.isArray(value) ? value.map((one: unknown, index) => (String(index) === key ? changed : one)) : { ...value, [key]: changed };
}

describe('a number', () => {
  const numberIn = (text: string): number => {
    const cursor = new Cursor(Buffer.from(`${text},`));
    const value = readNumber(cursor);
    return cursor.at === text.length ? value : Number.NaN;
  };
  it('is read as the parser reads it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.integer(),
          fc.maxSafeInteger(),
          fc.integer().map((n) => n / 1_000),
        ),
        (value) => {
          const text = JSON.stringify(value);
          expect(numberIn(text)).toBe(JSON.parse(text));
        },
      ),
      { numRuns: 3_000 },
    );
  });
  it('is none where JSON.stringify would write it otherwise', () => {
    const letters = fc.array(fc.constantFrom('0', '1', '9', '5', '.', '-', '+', 'e', 'E'), { minLength: 1, maxLength: 9 }).map((list) => list.join(''));
    fc.assert(
      fc.property(letters, (text) => {
        if (!Number.isNaN(numberIn(text))) expect(JSON.stringify(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 5_000 },
    );
    for (const text of ['-0', '01', '1.', '.5', '1.50', '1e2', '+1', '--1', '', 'Infinity', '0.0000001', '1'.repeat(400)]) expect(numberIn(text), text).toBeNaN();
    for (const text of ['0.000001', '1e-7', '1e+21', '0.30000000000000004', '123456789.123456', '-0.5']) expect(numberIn(text), text).toBe(Number(text));
  });
});

describe('a text', () => {
  it('is plain ASCII without escapes', () => {
    const textIn = (json: string): string | undefined => readText(new Cursor(Buffer.from(json)));
    expect(textIn('"a b~"')).toBe('a b~');
    for (const json of ['"a', '"\\u0061"', '"é"', '"\u0001"', '"\u007f"', 'a"', '']) expect(textIn(json), json).toBeUndefined();
  });
  it('of any value ends where the value ends', () => {
    for (const value of ['{"a":[1,{"b":"}]"}]}', '"\\"]"', '[]', '12', 'true']) expect(skipValue(new Cursor(Buffer.from(`${value},1]`)))).toBe(value);
    for (const value of ['{"a":1', ']', '', '"a']) expect(skipValue(new Cursor(Buffer.from(value))), value).toBeUndefined();
  });
});

describe('a reader of a schema', () => {
  const reads = (schema: z.ZodType, json: string): boolean => {
    const cursor = new Cursor(Buffer.from(`${json},`));
    return readerOf(schema)(cursor) && cursor.at === json.length;
  };
  it('keeps to limits of lists, bounds of numbers and keys of records', () => {
    expect(reads(z.array(z.number()).max(2), '[1,2]')).toBe(true);
    expect(reads(z.array(z.number()).max(2), '[1,2,3]')).toBe(false);
    expect(reads(z.array(z.number()).max(2), '[1,]')).toBe(false);
    expect(reads(z.number().min(1).max(2), '2')).toBe(true);
    expect(reads(z.number().min(1).max(2), '2.5')).toBe(false);
    expect(reads(z.number().int(), '9007199254740992')).toBe(false);
    const record = z.partialRecord(z.enum(['a', 'b']), z.number());
    expect(['{}', '{"a":1}', '{"a":1,"b":2}'].map((json) => reads(record, json))).toEqual([true, true, true]);
    expect(['{"b":1,"a":2}', '{"a":1,"a":2}', '{"c":1}', '{"a":1,}'].map((json) => reads(record, json))).toEqual([false, false, false, false]);
  });
  it('asks the schema itself where it knows no better, and still wants canonical text', () => {
    const even = z.strictObject({ n: z.number() }).refine(({ n }) => n % 2 === 0);
    expect(['{"n":2}', '{"n":3}', '{"n":2.0}', '{ "n":2}', '{"n":2,"n":2}'].map((json) => reads(even, json))).toEqual([true, false, false, false, false]);
    expect(reads(z.strictObject({ '10': z.number(), '9': z.number() }), '{"9":1,"10":2}')).toBe(true);
    expect(reads(z.strictObject({ '10': z.number(), '9': z.number() }), '{"10":2,"9":1}')).toBe(false);
  });
});
