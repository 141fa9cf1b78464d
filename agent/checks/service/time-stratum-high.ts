import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const timeStratumHigh = defineCheck({
  id: 'service-time-stratum-high',
  area: 'service',
  title: { zh: '时间源没有同步到标准时间', en: 'Time source not traceable to standard time' },
  why: { zh: '整个环境可能一起走错：彼此一致，却与标准时间不符。', en: 'All hosts may be wrong together: consistent with each other but not with standard time.' },
  remedy: {
    zh: '执行 `chronyc sources -v` 查看层级；让上游时间服务器连接到标准时间（GPS、北斗或公共 NTP），而不是只用它的本地时钟。',
    en: 'Run `chronyc sources -v` to check the stratum; synchronise the upstream server to standard time (GPS, BeiDou or public NTP) rather than to its own local clock.',
  },
  severity: 'info',
  setup: true,
  reads: ['timeSync'],
  unit: 'value',
  threshold: { infoValue: 10 },
  source: 'practice: stratum 10 is what chrony `local` and the NTP local clock driver serve from an unsynchronised clock',

  evaluate({ timeSync: { sourcesAnswered, stratum } }, { infoValue }) {
    if (sourcesAnswered === 0) return notApplicable();
    return stratum === undefined ? unknown() : above(stratum, { info: infoValue });
  },
});
