import { defineCheck, unknown } from '../check.ts';
import { isShortLived } from '../lifecycle/operating-systems.ts';

export const releaseShortLived = defineCheck({
  id: 'os-release-short-lived',
  area: 'os',
  title: { zh: '使用了非长期支持的系统版本', en: 'Operating system release without long-term support' },
  why: {
    zh: '这类版本几个月就停止维护，升级会比预期来得更早、更频繁。',
    en: 'Such releases are maintained for only a few months, so upgrades come sooner and more often than expected.',
  },
  remedy: {
    zh: '执行 `cat /etc/os-release` 确认版本；生产环境请迁移到 LTS 版本，创新版与滚动版的维护期只有数月。',
    en: 'Run `cat /etc/os-release` to confirm the release; move production systems to an LTS release, as innovation and rolling releases are maintained for only a few months.',
  },
  severity: 'info',
  reads: ['os'],
  unit: 'value',
  threshold: {},
  source: 'openEuler lifecycle.md and Ubuntu release cycle: innovation and interim releases are not for production',

  evaluate({ os }) {
    if (os.distribution === 'other') return unknown();
    return isShortLived(os) ? [{ observed: os.release ?? os.distribution }] : [];
  },
});
