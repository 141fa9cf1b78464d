import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebRunsAsRoot = defineCheck({
  id: 'tongweb-runs-as-root',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 以 root 运行', en: 'TongWeb running as root' },
  why: { zh: '应用的一个漏洞就让攻击者得到整台主机。', en: 'One application vulnerability gives an attacker control of the entire host.' },
  remedy: {
    zh: '执行 `ps -o user= -p <pid>` 确认；改用普通用户启动，1024 以下端口用端口转发或 setcap。',
    en: 'Run `ps -o user= -p <pid>`; start it as an unprivileged user, using port forwarding or setcap for ports below 1024.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb 8 baseline item checkInstallDir; production guide: an ordinary user',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ runsAsRoot }) => wrongWhen(runsAsRoot === undefined ? undefined : runsAsRoot));
  },
});
