import { defineCheck, unknown } from '../check.ts';
import { lifecycleOf, longerServicePack } from '../lifecycle/operating-systems.ts';

export const spOutdated = defineCheck({
  id: 'os-sp-outdated',
  area: 'os',
  title: { zh: '有维护期更长的服务包可用', en: 'Service pack with longer maintenance available' },
  why: {
    zh: '当前服务包会先停止维护，届时漏洞无补丁；换到新服务包仍属同一版本，风险较小。',
    en: 'This service pack loses maintenance sooner, leaving vulnerabilities unpatched; moving within the release is less risky.',
  },
  remedy: {
    zh: '执行 `cat /etc/os-release` 确认当前服务包；先备份并在测试节点验证，再用系统的包管理器升级到同一版本的建议服务包。',
    en: 'Run `cat /etc/os-release` to confirm the current service pack; after taking a backup and testing on a test node, upgrade to the recommended service pack of the same release with the system package manager.',
  },
  severity: 'info',
  reads: ['os'],
  unit: 'value',
  threshold: {},
  source: 'openEuler lifecycle.md: in-place upgrades go to a higher service pack of the same LTS',

  evaluate({ os }) {
    if (lifecycleOf(os) === undefined) return unknown();
    const better = longerServicePack(os);
    return better === undefined ? [] : [{ observed: os.release, threshold: better }];
  },
});
