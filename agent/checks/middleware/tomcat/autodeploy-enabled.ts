import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tomcatAutodeployEnabled = defineCheck({
  id: 'tomcat-autodeploy-enabled',
  area: 'middleware',
  product: 'tomcat',
  group: 'configuration',
  title: { zh: 'Tomcat 开启自动部署', en: 'Tomcat automatic deployment enabled' },
  why: {
    zh: '往目录放一个文件就能上线代码，误放或被植入都会立即生效；扫描也耗性能。',
    en: 'Any file placed in the directory, by mistake or by an intruder, goes live; scanning also costs performance.',
  },
  remedy: {
    zh: '查看 server.xml 的 Host autoDeploy；生产环境设为 false。',
    en: 'Check autoDeploy on the Host element in server.xml; set it to false in production.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTomcat'],
  unit: 'value',
  threshold: {},
  source: 'CIS Apache Tomcat Benchmark: autoDeploy off (true is its default)',

  evaluate({ middlewareTomcat: { rows } }) {
    return judgeInstances(rows, ({ autoDeploy }) => wrongWhen(autoDeploy === undefined ? undefined : autoDeploy));
  },
});
