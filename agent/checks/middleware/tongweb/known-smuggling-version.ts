import { defineCheck } from '../../check.ts';
import { compareVersions } from '../../lifecycle/middleware/lifecycle.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebKnownSmugglingVersion = defineCheck({
  id: 'tongweb-known-smuggling-version',
  area: 'middleware',
  product: 'tongweb',
  group: 'platform',
  title: { zh: 'TongWeb 版本存在请求走私漏洞', en: 'TongWeb version with request smuggling vulnerability' },
  why: { zh: '攻击者可夹带请求，绕过网关的安全规则或截获他人的响应。', en: "Smuggled requests may bypass gateway security rules or intercept other users' responses." },
  remedy: {
    zh: '执行 `bin/version.sh` 核对版本；升级到 7.0.4.9_M2、7.0.C.6 或 6.1.8.7 以上。',
    en: 'Run `bin/version.sh`; upgrade to 7.0.4.9_M2, 7.0.C.6, or a release later than 6.1.8.6.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongTech security notices (of the type of CVE-2021-33037): 7.x up to 7.0.4.9_M1, 7.0.C.3–C.5, 6.1.7.x–6.1.8.6',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ version }) => {
      if (version === undefined) return 'silent';
      const [, patch, mend = '0'] = /^7\.0\.4\.(\d+)(?:[._-]?m(\d+))?/.exec(version) ?? [];
      const isSix = /^6\.1\.(7|8)\./.test(version) && compareVersions(version, '6.1.8.6') <= 0;
      return wrongWhen((patch !== undefined && (Number(patch) < 9 || (Number(patch) === 9 && Number(mend) < 2))) || /^7\.0\.c\.[345](\.|$)/.test(version) || isSix, {
        observed: version,
      });
    });
  },
});
