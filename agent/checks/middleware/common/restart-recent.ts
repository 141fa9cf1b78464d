import type { Sections } from '../../../wire/section-values.ts';
import { defineCheck } from '../../check.ts';
import { judgeInstances, wasRead } from '../../middleware-rows.ts';

type Run = Pick<Sections['middleware']['members'][number], 'instance' | 'reach' | 'restarted' | 'uptimeSeconds'>;

export const middlewareRestartRecent = defineCheck({
  id: 'middleware-restart-recent',
  area: 'middleware',
  group: 'load',
  title: { zh: '中间件最近重新启动过', en: 'Middleware was restarted recently' },
  why: {
    zh: '如果不是计划内的操作，可能是崩溃、内存不足被终止或主机重启，会再次发生。',
    en: 'If this was not planned, it may have crashed, been killed for lack of memory or restarted with its host, and may do so again.',
  },
  remedy: {
    zh: '对照变更记录；不是计划内的重启时查看其日志末尾、`journalctl -k | grep -i oom` 与 `last -x reboot`，Pod 用 `kubectl describe pod` 查看上次终止的原因。',
    en: 'Compare with the change records. If the restart was not planned, check the end of its log, `journalctl -k | grep -i oom` and `last -x reboot`; for a pod, check the last termination reason with `kubectl describe pod`.',
  },
  severity: 'warning',
  reads: ['middleware'],
  unit: 'seconds',
  threshold: { withinSeconds: 86_400 },
  source: 'practice: started again since an inspection before, within a day',

  evaluate({ middleware: { rows, members } }, { withinSeconds }) {
    const ofInstance = Map.groupBy(members, ({ instance }) => instance);
    const judged = rows.flatMap((row): readonly Run[] => ofInstance.get(row.instance) ?? [row]);
    return judgeInstances(judged, ({ reach, restarted, uptimeSeconds }) => {
      if (restarted === undefined || uptimeSeconds === undefined) return wasRead(reach) ? 'other' : 'silent'; // a first look has nothing to compare with
      return restarted && uptimeSeconds < withinSeconds ? [{ observed: uptimeSeconds, threshold: withinSeconds }] : [];
    });
  },
});
