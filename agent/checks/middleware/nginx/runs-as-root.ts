import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nginxRunsAsRoot = defineCheck({
  id: 'nginx-runs-as-root',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 工作进程以 root 运行', en: 'nginx worker processes run as root' },
  why: { zh: '一个漏洞就让攻击者得到整台主机的最高权限。', en: 'One vulnerability gives an attacker full control of the host.' },
  remedy: {
    zh: '执行 `ps -o user,cmd -C nginx` 确认；在主配置设置 user 为普通账号。',
    en: 'Run `ps -o user,cmd -C nginx` to confirm; set user to an unprivileged account in the main configuration.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareNginx'],
  unit: 'value',
  threshold: {},
  source: 'CIS NGINX Benchmark 2.2',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ configurationRead, runsAsRoot }) => (configurationRead ? wrongWhen(runsAsRoot) : 'other'));
  },
});
