import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebAutodeployEnabled = defineCheck({
  id: 'tongweb-autodeploy-enabled',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 开启自动部署', en: 'TongWeb automatic deployment enabled' },
  why: { zh: '往目录放一个文件就能上线代码，误放或被植入都会立即生效。', en: 'Any file placed in the directory, by mistake or by an intruder, goes live immediately.' },
  remedy: {
    zh: '查看 tongweb.xml 的 auto-deploy；生产环境设为 enabled="false"，经控制台部署。',
    en: 'Check auto-deploy in tongweb.xml; set enabled="false" in production and deploy through the admin console.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb hardening guide: automatic deployment off in production',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ autoDeploy }) => wrongWhen(autoDeploy === undefined ? undefined : autoDeploy));
  },
});
