import { defineCheck } from '../../check.ts';
import { FULL_GC, judgeFullGc } from '../../middleware-full-gc.ts';

export const tomcatFullGcFrequent = defineCheck({
  ...FULL_GC,
  id: 'tomcat-full-gc-frequent',
  product: 'tomcat',
  title: { zh: 'Tomcat 频繁 Full GC', en: 'Frequent Tomcat full GC' },
  reads: ['middlewareTomcat'],
  evaluate: ({ middlewareTomcat: { rows } }, bounds) => judgeFullGc(rows, bounds),
});
