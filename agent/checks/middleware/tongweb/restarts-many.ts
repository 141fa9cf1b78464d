import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tongwebRestartsMany = defineCheck({
  id: 'tongweb-restarts-many',
  area: 'middleware',
  product: 'tongweb',
  group: 'log',
  title: { zh: 'TongWeb 近期多次启动', en: 'Repeated TongWeb starts in the recent past' },
  why: { zh: '每次重启业务都中断；若不是人为，说明进程在崩溃或被终止。', en: 'Each start interrupts the business; unless done manually, the process is crashing or being killed.' },
  remedy: {
    zh: '执行 `grep -n "startup complete" logs/server.log` 对照变更记录；非计划的启动请查看 hs_err、oom-killer 与守护脚本。',
    en: 'Run `grep -n "startup complete" logs/server.log` and compare with change records; for unplanned starts, check hs_err files, the OOM killer and watchdog scripts.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { warningCount: 4 },
  source: 'practice: more than 3 starts in the period that was read are no routine',

  evaluate({ middlewareTongweb: { rows, logPatterns } }, { warningCount }) {
    return judgeParts(rows, logPatterns, ({ pattern, count }) => (pattern === 'restart' ? above(count, { warning: warningCount }) : 'other'));
  },
});
