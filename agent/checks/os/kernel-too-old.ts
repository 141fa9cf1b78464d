import { defineCheck, notApplicable, unknown } from '../check.ts';

/** Major and minor number only: what comes after is the distribution's own counting. */
function isOlder(kernel: string, than: string): boolean {
  const [major = 0, minor = 0] = kernel.split('.', 2).map((part) => Number.parseInt(part, 10));
  const [wantedMajor = 0, wantedMinor = 0] = than.split('.', 2).map((part) => Number.parseInt(part, 10));
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

export const kernelTooOld = defineCheck({
  id: 'os-kernel-too-old',
  area: 'os',
  title: { zh: '内核版本过旧', en: 'Kernel version too old' },
  why: {
    zh: '低版本内核缺少容器所需的功能与修复，会出现内存泄漏、网络卡死等已知故障。',
    en: 'Old kernels lack features and fixes that containers need, which leads to known faults such as memory leaks and network hangs.',
  },
  remedy: {
    zh: '执行 `uname -r` 确认内核；升级操作系统或安装发行版提供的新内核，cgroup v2 与新版 Kubernetes 依赖较新的内核。',
    en: 'Run `uname -r` to confirm the kernel version; upgrade the operating system or install a newer kernel from the distribution, as cgroup v2 and recent Kubernetes require one.',
  },
  severity: 'warning',
  reads: ['machine', 'os'],
  unit: 'value',
  threshold: { warningBelow: '4.19', infoBelow: '5.10' },
  source: 'kubeadm system validators: LTS kernels from 4.19 on, 5.10 and newer for cgroup v2',

  evaluate({ machine, os }, { warningBelow, infoBelow }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    if (os.kernel === undefined) return unknown();
    if (isOlder(os.kernel, warningBelow)) return [{ observed: os.kernel, threshold: warningBelow }];
    return isOlder(os.kernel, infoBelow) ? [{ observed: os.kernel, threshold: infoBelow, severity: 'info' }] : [];
  },
});
