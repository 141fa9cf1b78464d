import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchSnapshotStale = defineCheck({
  id: 'elasticsearch-snapshot-stale',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 快照过旧', en: 'Elasticsearch snapshot too old' },
  why: { zh: '出事时只能恢复到那个旧时间点，之后的数据全部丢失。', en: 'A restore can only go back to that point in time, and all later data is lost.' },
  remedy: {
    zh: '执行 `GET _slm/policy` 与 `GET _snapshot/*/*?sort=start_time&order=desc&size=5` 查看最近的结果；修复失败的策略或仓库。',
    en: 'Run `GET _slm/policy` and `GET _snapshot/*/*?sort=start_time&order=desc&size=5` to see the latest results; fix the failing policy or repository.',
  },
  severity: 'warning',
  reads: ['middlewareElasticsearch'],
  unit: 'seconds',
  threshold: { warningSeconds: 86_400, criticalSeconds: 604_800 },
  source: 'practice: a snapshot a day, as DCE data services back up; critical after a week',

  evaluate({ middlewareElasticsearch: { rows } }, { warningSeconds, criticalSeconds }) {
    return judgeInstances(rows, ({ distribution, repositories, snapshots, newestSnapshotSeconds }) => {
      if (repositories === 0) return 'other'; // told by its own check
      if (distribution === 'opensearch' && snapshots === undefined) return 'other'; // only of a declared repository
      if (snapshots === 0) return [{ observed: 0, severity: 'critical' }];
      return told(newestSnapshotSeconds, (seconds) => above(seconds, { warning: warningSeconds, critical: criticalSeconds }));
    });
  },
});
