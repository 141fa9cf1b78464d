import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebConsoleTrustedIpAny = defineCheck({
  id: 'tongweb-console-trusted-ip-any',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 管理控制台信任任意地址', en: 'TongWeb admin console trusts any address' },
  why: { zh: '管理控制台对所有网络开放，只剩口令一道防线。', en: 'The console is open to every network, with a password as the only line of defence.' },
  remedy: {
    zh: '在控制台安全设置中把信任 IP 限定为管理网段。',
    en: 'Restrict the trusted IP addresses to the management network in the console security settings.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb 8 baseline item checkTrustedIP',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ consoleTrustedAny, line }) =>
      consoleTrustedAny === undefined && line !== 'tongweb-8' ? 'other' : wrongWhen(consoleTrustedAny === undefined ? undefined : consoleTrustedAny),
    );
  },
});
