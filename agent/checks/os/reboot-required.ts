import { defineCheck, notApplicable, unknown } from '../check.ts';

/** Those that raise a flag; elsewhere there is nothing to look for. */
const RAISES_A_FLAG: readonly string[] = ['debian', 'ubuntu', 'deepin', 'sles', 'opensuse'];

export const rebootRequired = defineCheck({
  id: 'os-reboot-required',
  area: 'os',
  title: { zh: '系统更新后需要重启', en: 'Reboot required after system updates' },
  why: { zh: '已更新的库和内核仍以旧版本运行，漏洞并没有真正修复。', en: 'Updated libraries and the kernel still run in old versions; vulnerabilities are not yet fixed.' },
  remedy: {
    zh: '执行 `cat /run/reboot-required.pkgs` 查看由哪些软件包引起；在变更窗口中先 `kubectl drain` 再逐台重启。',
    en: 'Run `cat /run/reboot-required.pkgs` to see which packages require the reboot; in a change window, drain and reboot the nodes one at a time.',
  },
  severity: 'info',
  reads: ['os'],
  unit: 'value',
  threshold: {},
  source: 'Debian and Ubuntu update-notifier, SUSE libzypp',

  evaluate({ os }) {
    if (os.rebootRequired === undefined) return RAISES_A_FLAG.includes(os.distribution) ? unknown('not-visible') : notApplicable('not-present');
    return os.rebootRequired ? [{ observed: true }] : [];
  },
});
