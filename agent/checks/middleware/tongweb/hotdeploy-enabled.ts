import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebHotdeployEnabled = defineCheck({
  id: 'tongweb-hotdeploy-enabled',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 开启热部署', en: 'TongWeb hot deployment enabled' },
  why: { zh: '替换类文件会立即生效，容易误上线，也会逐步泄漏内存。', en: 'Replaced class files take effect immediately: mistakes easily go live, and memory gradually leaks.' },
  remedy: {
    zh: '查看 tongweb.xml 的 hot-deploy；生产环境关闭，热部署会泄漏元空间并被滥用。',
    en: 'Check hot-deploy in tongweb.xml; disable it in production, as it leaks metaspace and can be abused.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb 8 baseline item checkHotDeployment',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ hotDeploy }) => wrongWhen(hotDeploy === undefined ? undefined : hotDeploy));
  },
});
