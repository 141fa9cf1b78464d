import { defineCheck, unknown } from '../check.ts';
import { inStateFor } from '../node-rows.ts';

export const cordonedLong = defineCheck({
  id: 'node-cordoned-long',
  area: 'node',
  title: { zh: '节点长时间禁止调度', en: 'Nodes cordoned for a long time' },
  why: {
    zh: '不可调度的节点白占资源：其余节点少一份余量，下一次故障时业务可能无处可去。',
    en: 'A cordoned node is wasted capacity: the other nodes have less headroom, and at the next failure pods may have nowhere to go.',
  },
  remedy: {
    zh: '执行 `kubectl describe node <节点>` 与变更记录核对禁止调度的原因；维护已结束时执行 `kubectl uncordon <节点>`，不再使用的节点应当移除。',
    en: 'Check `kubectl describe node <node>` against the change records for the reason; run `kubectl uncordon <node>` if maintenance is over, and remove nodes that are no longer used.',
  },
  severity: 'warning',
  setup: true,
  reads: ['nodes'],
  unit: 'minutes',
  threshold: { afterMinutes: 1_440 },
  source: 'popeye POP-711; 24 h by practice: longer than any maintenance',

  evaluate({ nodes }, { afterMinutes }, { now }) {
    const cordoned = nodes.rows.filter(({ unschedulable }) => unschedulable);
    const old = inStateFor(cordoned, afterMinutes, now, (row) => row.unschedulableSince);
    // The taint of releases before 1.21 tells no time.
    return old.length === 0 && cordoned.some(({ unschedulableSince }) => unschedulableSince === undefined) ? unknown('not-reported') : old;
  },
});
