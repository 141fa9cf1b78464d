import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebKnownRceVersion = defineCheck({
  id: 'tongweb-known-rce-version',
  area: 'middleware',
  product: 'tongweb',
  group: 'platform',
  title: { zh: 'TongWeb 版本存在远程执行漏洞', en: 'TongWeb version with remote code execution vulnerability' },
  why: { zh: '攻击者可在服务器上执行任意命令。', en: 'An attacker can execute arbitrary commands on the server.' },
  remedy: {
    zh: '执行 `bin/version.sh` 核对版本；升级到 7.0.4.9_M1 或更新的版本，在此之前禁止管理网以外访问 9060 与 7200 端口。',
    en: 'Run `bin/version.sh` to check the version; upgrade to 7.0.4.9_M1 or later, and until then block access to ports 9060 and 7200 from outside the management network.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongTech security notices (console and JMX): TongWeb 5, 6.0, 7.0.4.1–7.0.4.9, fixed in 7.0.4.9_M1',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ version }) => {
      if (version === undefined) return 'silent';
      const [, patch, mend] = /^7\.0\.4\.(\d+)(?:[._-]?m(\d+))?/.exec(version) ?? [];
      return wrongWhen(/^(5(\.|$)|6\.0(\.|$))/.test(version) || (patch !== undefined && (Number(patch) < 9 || (Number(patch) === 9 && mend === undefined))), { observed: version });
    });
  },
});
