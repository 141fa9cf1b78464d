import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mongodbCompatibilityBehind = defineCheck({
  id: 'mongodb-compatibility-behind',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 升级未完成（featureCompatibilityVersion 落后）', en: 'MongoDB upgrade incomplete (featureCompatibilityVersion)' },
  why: { zh: '新版本的功能用不了，下一次大版本升级会被拒绝。', en: 'Features of the new release are unavailable, and the next major upgrade will be refused.' },
  remedy: {
    zh: '执行 `db.adminCommand({getParameter: 1, featureCompatibilityVersion: 1})` 核对；确认无需回退后执行 setFeatureCompatibilityVersion。',
    en: 'Run `db.adminCommand({getParameter: 1, featureCompatibilityVersion: 1})` to check; once you are sure that no rollback is needed, run setFeatureCompatibilityVersion.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMongodb'],
  unit: 'value',
  threshold: {},
  source: 'MongoDB manual, "setFeatureCompatibilityVersion": the last step of an upgrade; the next one refuses to start without it',

  evaluate({ middlewareMongodb: { members } }) {
    return judgeInstances(members, ({ role, router, compatibilityBehind }) => (role === 'arbiter' || router ? 'other' : wrongWhen(compatibilityBehind)));
  },
});
