import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, perDay, told } from '../../middleware-rows.ts';

export const mongodbAsserts = defineCheck({
  id: 'mongodb-asserts',
  area: 'middleware',
  product: 'mongodb',
  group: 'load',
  title: { zh: 'MongoDB 出现断言', en: 'MongoDB assertions raised' },
  why: { zh: '服务内部出错，部分操作失败，可能是缺陷或数据损坏的迹象。', en: 'Internal errors made some operations fail, which may indicate a bug or data corruption.' },
  remedy: {
    zh: '在日志中查找 assertion（`grep -i assert mongod.log`）；对照发行说明的已知问题，必要时升级补丁版本。',
    en: 'Search the log for assertions (`grep -i assert mongod.log`); compare with known issues in the release notes, and upgrade to a patch release if necessary.',
  },
  severity: 'info',
  reads: ['middlewareMongodb'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'MongoDB manual, "serverStatus": asserts.regular, asserts.warning, asserts.msg; practice: any a day since the start',

  evaluate({ middlewareMongodb: { members } }, { infoCount }) {
    return judgeInstances(members, ({ role, asserts, uptimeSeconds }) =>
      role === 'arbiter' ? 'other' : told(perDay(asserts, uptimeSeconds), (count) => above(count, { info: infoCount })),
    );
  },
});
