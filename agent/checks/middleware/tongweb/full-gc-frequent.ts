import { defineCheck } from '../../check.ts';
import { FULL_GC, judgeFullGc } from '../../middleware-full-gc.ts';

export const tongwebFullGcFrequent = defineCheck({
  ...FULL_GC,
  id: 'tongweb-full-gc-frequent',
  product: 'tongweb',
  title: { zh: 'TongWeb 频繁 Full GC', en: 'Frequent TongWeb full GC' },
  reads: ['middlewareTongweb'],
  evaluate: ({ middlewareTongweb: { rows } }, bounds) => judgeFullGc(rows, bounds),
});
