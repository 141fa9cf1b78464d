import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebGclogDisabled = defineCheck({
  id: 'tongweb-gclog-disabled',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 未记录 GC 日志', en: 'TongWeb GC log disabled' },
  why: { zh: '变慢或内存溢出后没有回收记录可分析。', en: 'After a slowdown or an out-of-memory error, there is no garbage collection record to analyse.' },
  remedy: {
    zh: '在 `bin/external.vmoptions` 中加入带轮转的 GC 日志参数（JDK 8：-Xloggc 与 -XX:+UseGCLogFileRotation；JDK 11+：-Xlog:gc*）。',
    en: 'Add GC log options with rotation to `bin/external.vmoptions` (JDK 8: -Xloggc and -XX:+UseGCLogFileRotation; JDK 11+: -Xlog:gc*).',
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
