import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram, readSample } from '../../../../agent/gatherers/cluster/control-plane/metrics-text.ts';

function read(line: string): { value: number; label: string | undefined } | undefined {
  let got: { value: number; label: string | undefined } | undefined;
  readSample(
    line,
    new Map([
      [
        'm_total',
        (value, label) => {
          got = { value, label: label('code') };
        },
      ],
    ]),
  );
  return got;
}

describe('a line of the Prometheus text format', () => {
  it.each([
    ['m_total 5', 5, undefined],
    ['m_total{code="200",verb="GET"} 1.795e+09', 1.795e9, '200'],
    ['m_total{verb="GET",code="503"} 7 1795305600000', 7, '503'],
    ['m_total{xcode="1",code="2"} 3', 3, '2'],
    ['m_total{verb="a b{c}",code="9"} 4', 4, '9'],
    ['m_total{code="unclosed} 4', 4, undefined],
  ])('%s', (line, value, label) => {
    expect(read(line)).toEqual({ value, label });
  });
  it.each([
    '',
    '# TYPE m_total counter',
    'm_total',
    'm_total{',
    'm_total{}',
    'm_total NaN',
    'm_total +Inf',
    'm_total x',
    'other 5',
    ' m_total 5',
    'm_total_bucket{le="1"} 5',
    '\u0000\uffff',
  ])('passes over %j', (line) => {
    expect(read(line)).toBeUndefined();
  });
  it('survives any line', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (tail) => {
        read(`m_total${tail}`);
      }),
    );
  });
});

describe('a histogram', () => {
  function of(buckets: Readonly<Record<string, number>>): Histogram {
    const out = new Histogram();
    for (const [le, count] of Object.entries(buckets)) out.add(le, count);
    return out;
  }
  it('interpolates within the bucket, as Prometheus does', () => {
    expect(of({ 0.1: 50, 0.2: 100, '+Inf': 100 }).quantile(0.75)).toBeCloseTo(0.15);
    expect(of({ 0.1: 100, '+Inf': 100 }).quantile(0.99)).toBeCloseTo(0.099);
  });
  it('answers with the largest finite bound when the rank lies beyond it', () => {
    expect(of({ 1: 10, '+Inf': 1_000 }).quantile(0.99)).toBe(1);
  });
  it('says nothing without observations', () => {
    expect(of({}).quantile(0.99)).toBeUndefined();
    expect(of({ 1: 0, '+Inf': 0 }).quantile(0.99)).toBeUndefined();
  });
  it('subtracts an earlier reading and takes a reset for no growth', () => {
    const later = of({ 1: 30, '+Inf': 40 });
    expect(later.since(of({ 1: 10, '+Inf': 15 })).total).toBe(25);
    expect(later.since(of({ 1: 90, '+Inf': 95 })).total).toBe(0);
  });
  it('keeps to a bounded number of buckets and ignores bounds that are none', () => {
    const histogram = new Histogram();
    for (let bound = 0; bound < 10_000; bound += 1) histogram.add(String(bound), 1);
    histogram.add('x', 5);
    histogram.add(undefined, 5);
    histogram.add('1', -4);
    expect(histogram.upTo(199)).toBe(1);
    expect(histogram.upTo(200)).toBeUndefined();
  });
});
