import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebGclogDisabled = defineCheck({
  id: 'tongweb-gclog-disabled',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 未记录 GC 日志', en: 'TongWeb writes no GC log' },
  why: { zh: '变慢或内存溢出后没有回收记录可分析。', en: 'After a slowdown or lack of memory there is no record of collections to look at.' },
  remedy: {
    zh: '在 `bin/external.vmoptions` 中加入带轮转的 GC 日志参数（JDK 8：-Xloggc 与 -XX:+UseGCLogFileRotation；JDK 11+：-Xlog:gc*）。',
    en: 'Add a rotating GC log to `bin/external.vmoptions` (JDK 8: -Xloggc with -XX:+UseGCLogFileRotation; JDK 11+: -Xlog:gc*).',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb production guide: GC log with rotation',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ javaOptionsRead, gcLog }) => (!javaOptionsRead ? 'silent' : wrongWhen(gcLog !== true)));
  },
});
