import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tomcatRunsAsRoot = defineCheck({
  id: 'tomcat-runs-as-root',
  area: 'middleware',
  product: 'tomcat',
  group: 'configuration',
  title: { zh: 'Tomcat 以 root 运行', en: 'Tomcat running as root' },
  why: { zh: '应用的一个漏洞就让攻击者得到整台主机。', en: 'One application vulnerability gives an attacker control of the entire host.' },
  remedy: {
    zh: '执行 `ps -o user= -p <pid>` 确认；改用专用普通用户启动。',
    en: 'Run `ps -o user= -p <pid>`; run Tomcat as a dedicated unprivileged user.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTomcat'],
  unit: 'value',
  threshold: {},
  source: 'CIS Apache Tomcat Benchmark; Tomcat security documentation',

  evaluate({ middlewareTomcat: { rows } }) {
    return judgeInstances(rows, ({ runsAsRoot }) => wrongWhen(runsAsRoot === undefined ? undefined : runsAsRoot));
  },
});
