import { defineCheck, notApplicable, unknown } from '../check.ts';

export const selinuxInconsistent = defineCheck({
  id: 'service-selinux-inconsistent',
  area: 'service',
  title: { zh: 'SELinux 当前模式与配置不一致', en: 'SELinux runs in another mode than configured' },
  why: {
    zh: '重启后策略会变，服务可能突然被拦截，或者失去应有的保护。',
    en: 'The policy changes with the next reboot: services may be blocked at once, or lose their protection.',
  },
  remedy: {
    zh: '执行 `sestatus` 对比当前模式与配置；确定平台要求的模式，修改 /etc/selinux/config 并在维护窗口重启，避免下次重启时行为改变。',
    en: 'Run `sestatus` to compare both; decide on the mode that the platform needs, set it in /etc/selinux/config and reboot in a maintenance window, so that the next reboot brings no surprise.',
  },
  severity: 'info',
  setup: true,
  reads: ['hostSecurity'],
  unit: 'value',
  threshold: {},
  source: 'practice: the mode changes at the next boot, and what was tested in the other mode fails then',

  evaluate({ hostSecurity: { selinux, selinuxConfigured } }) {
    if (selinuxConfigured === undefined) return selinux === 'disabled' ? notApplicable('not-present') : unknown();
    return selinux === selinuxConfigured ? [] : [{ observed: selinux, threshold: selinuxConfigured }];
  },
});
