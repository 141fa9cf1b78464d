import { defineCheck, unknown } from '../check.ts';

export const rebootPending = defineCheck({
  id: 'os-reboot-pending',
  area: 'os',
  title: { zh: '已安装的新内核尚未生效', en: 'New kernel installed but not running' },
  why: {
    zh: '新内核里的安全修复没有生效，主机仍带着旧漏洞运行。',
    en: 'The security fixes in the new kernel are not in effect; the host is still running with the old vulnerabilities.',
  },
  remedy: {
    zh: '执行 `uname -r` 与 `ls /boot/vmlinuz-*` 对比；在变更窗口中逐台重启使补丁生效，或改用热补丁。',
    en: 'Compare `uname -r` with `ls /boot/vmlinuz-*`; reboot the hosts one at a time in a change window to activate the patches, or use live patching.',
  },
  severity: 'info',
  reads: ['os'],
  unit: 'value',
  threshold: {},
  source: 'practice: a fix in a kernel that does not run protects nobody; Rancher and ACK look at it before upgrades',

  evaluate({ os }) {
    if (os.newerKernelInstalled === undefined) return unknown();
    return os.newerKernelInstalled ? [{ observed: os.kernel, threshold: os.newestKernel }] : [];
  },
});
