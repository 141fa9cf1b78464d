import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongwebBaselineMandatoryFailed = defineCheck({
  id: 'tongweb-baseline-mandatory-failed',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 一键巡检有强制基线项未通过', en: "Mandatory items failed in TongWeb's own inspection" },
  why: { zh: '厂商列为强制的安全或配置要求没有满足，存在已知风险。', en: 'A requirement that the vendor considers mandatory is not met, which is a known risk.' },
  remedy: {
    zh: '打开一键巡检报告的安全基线信息，按建议方案处理；强制基线可能阻止服务启动。',
    en: "Open the security baseline section of the report from TongWeb's own inspection and follow its recommendations; mandatory items may prevent the server from starting.",
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'TongWeb 8 own inspection (一键巡检), level 强制基线',

  evaluate({ middlewareTongweb: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ baselineMandatoryFailed, line }) =>
      baselineMandatoryFailed === undefined ? (line === 'tongweb-8' ? 'silent' : 'other') : above(baselineMandatoryFailed, { critical: criticalCount }),
    );
  },
});
