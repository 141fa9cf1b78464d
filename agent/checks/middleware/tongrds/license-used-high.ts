import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongrdsLicenseUsedHigh = defineCheck({
  id: 'tongrds-license-used-high',
  area: 'middleware',
  product: 'tongrds',
  group: 'configuration',
  title: { zh: 'TongRDS 授权接近用尽', en: 'TongRDS licences nearly used up' },
  why: { zh: '用尽后新的实例或节点无法加入，扩容会失败。', en: 'Once they are used up, no new instances or nodes can join, and scaling out fails.' },
  remedy: {
    zh: '在中心控制台（8083）查看授权使用数；扩容前先增购授权。',
    en: 'Check the number of licences in use in the center console (8083); purchase more before adding nodes.',
  },
  severity: 'warning',
  reads: ['middlewareTongrds'],
  unit: 'percent',
  threshold: { warningPercent: 90 },
  source: 'TongRDS manual, MBean rdsCenter UsedLicense and TotalLicense; 90 % by practice',

  evaluate({ middlewareTongrds: { rows } }, { warningPercent }) {
    return judgeInstances(rows, ({ licenseUsedPercent }) => told(licenseUsedPercent, (used) => (used > warningPercent ? [{ observed: used, threshold: warningPercent }] : [])));
  },
});
