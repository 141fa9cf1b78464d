import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebSnapshotTriggerLow = defineCheck({
  id: 'tongweb-snapshot-trigger-low',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 自动快照触发过于频繁', en: 'TongWeb automatic snapshots triggered too often' },
  why: { zh: '频繁生成快照会使应用停顿，并很快占满磁盘。', en: 'Frequent snapshots make the application pause and quickly fill the disk.' },
  remedy: {
    zh: '查看 tongweb.xml 的 snapshot/auto-snapshot；把 halthttp-condition 的 judgmentvalue 提高到接近 max-threads，并关闭 jmap，默认的 10 个忙碌线程会在高峰期不断转储堆并写满磁盘。',
    en: 'Check snapshot/auto-snapshot in tongweb.xml; raise judgmentvalue of halthttp-condition to near max-threads and disable jmap: with the default of 10 busy threads, the heap is dumped repeatedly at peak times until the disk is full.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { lowestCount: 10 },
  source: 'TongWeb defaults: halthttp-condition judgmentvalue 10 with jmap on',

  evaluate({ middlewareTongweb: { rows } }, { lowestCount }) {
    return judgeInstances(rows, ({ snapshotBusyThreads, snapshotJmap, configurationRead }) =>
      snapshotBusyThreads === undefined
        ? configurationRead
          ? 'other'
          : 'silent'
        : wrongWhen(snapshotBusyThreads <= lowestCount && snapshotJmap !== false, { observed: snapshotBusyThreads, threshold: lowestCount }),
    );
  },
});
