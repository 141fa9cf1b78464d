import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mongodbJournalOff = defineCheck({
  id: 'mongodb-journal-off',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 未启用 journal', en: 'MongoDB journaling disabled' },
  why: { zh: '断电或崩溃会丢失最近的写入，甚至损坏数据文件。', en: 'A power failure or crash loses recent writes and may even corrupt data files.' },
  remedy: {
    zh: '执行 `db.adminCommand({getCmdLineOpts: 1}).parsed.storage` 核对；去掉 storage.journal.enabled: false 后重启。',
    en: 'Run `db.adminCommand({getCmdLineOpts: 1}).parsed.storage` to check; remove storage.journal.enabled: false and restart.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareMongodb'],
  unit: 'value',
  threshold: {},
  source: 'MongoDB manual, "Journaling": without it a crash loses up to a minute of acknowledged writes; always on since 6.1',

  evaluate({ middlewareMongodb: { members } }) {
    return judgeInstances(members, ({ role, router, journal }) => (role === 'arbiter' || router ? 'other' : wrongWhen(journal === undefined ? undefined : !journal)));
  },
});
