import { defineCheck, notApplicable, unknown } from '../check.ts';

export const selinuxInconsistent = defineCheck({
  id: 'service-selinux-inconsistent',
  area: 'service',
  title: { zh: 'SELinux 当前模式与配置不一致', en: 'Mismatch between current and configured SELinux mode' },
  why: {
    zh: '重启后策略会变，服务可能突然被拦截，或者失去应有的保护。',
    en: 'The policy changes at the next reboot: services may suddenly be blocked, or may lose their intended protection.',
  },
  remedy: {
    zh: '执行 `sestatus` 对比当前模式与配置；确定平台要求的模式，修改 /etc/selinux/config 并在维护窗口重启，避免下次重启时行为改变。',
    en: 'Run `sestatus` to compare the current and configured modes; decide which mode the platform requires, set it in /etc/selinux/config and reboot in a maintenance window, so that behaviour does not change unexpectedly at the next reboot.',
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
