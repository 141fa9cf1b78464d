import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, perDay, told } from '../../middleware-rows.ts';

export const mongodbAsserts = defineCheck({
  id: 'mongodb-asserts',
  area: 'middleware',
  product: 'mongodb',
  group: 'load',
  title: { zh: 'MongoDB 出现断言', en: 'MongoDB raised assertions' },
  why: { zh: '服务内部出错，部分操作失败，可能是缺陷或数据损坏的迹象。', en: 'Something failed inside: operations were lost, and it may point to a bug or damaged data.' },
  remedy: {
    zh: '在日志中查找 assertion（`grep -i assert mongod.log`）；对照发行说明的已知问题，必要时升级补丁版本。',
    en: 'Look for assertions in the log (`grep -i assert mongod.log`); compare with known defects in the release notes, and take the patch release.',
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
