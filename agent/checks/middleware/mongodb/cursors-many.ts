import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbCursorsMany = defineCheck({
  id: 'mongodb-cursors-many',
  area: 'middleware',
  product: 'mongodb',
  group: 'resources',
  title: { zh: 'MongoDB 打开的游标过多', en: 'Too many open MongoDB cursors' },
  why: { zh: '应用没有关闭游标，占用内存，可能逐步拖垮服务。', en: 'Applications leave cursors open, which holds memory and may gradually bring the service down.' },
  remedy: {
    zh: '执行 `db.serverStatus().metrics.cursor` 查看；让应用读完或关闭游标，检查 noTimeout 的使用。',
    en: 'Run `db.serverStatus().metrics.cursor` to check; have applications exhaust or close their cursors, and check the use of noTimeout.',
  },
  severity: 'warning',
  reads: ['middlewareMongodb'],
  unit: 'count',
  threshold: { warningCount: 10_000 },
  source: 'awesome-prometheus-alerts (MongoDB): MongodbNumberCursorsOpen (10 000)',

  evaluate({ middlewareMongodb: { members } }, { warningCount }) {
    return judgeInstances(members, ({ role, openCursors }) => (role === 'arbiter' ? 'other' : told(openCursors, (count) => above(count, { warning: warningCount }))));
  },
});
