import { defineCheck, notApplicable } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const kernelKeysLow = defineCheck({
  id: 'os-kernel-keys-low',
  area: 'os',
  title: { zh: '内核密钥环配额过低', en: 'Kernel keyring quota too low' },
  why: {
    zh: '容器多的节点会因配额用尽而无法创建新容器（disk quota exceeded）。',
    en: 'A node with many containers may exhaust the quota and be unable to create new containers ("disk quota exceeded").',
  },
  remedy: {
    zh: '执行 `sysctl kernel.keys.root_maxkeys` 查看当前值；在 `/etc/sysctl.d/` 中调高该值（同时调高 `kernel.keys.root_maxbytes`）：每个容器占用一个会话密钥，用尽后容器无法创建。',
    en: 'Run `sysctl kernel.keys.root_maxkeys` to check the current value; raise it, together with `kernel.keys.root_maxbytes`, in `/etc/sysctl.d/`. Each container uses a session key; once the quota is exhausted, containers cannot be created.',
  },
  severity: 'info',
  reads: ['machine', 'sysctls'],
  unit: 'count',
  threshold: { minimumCount: 1_000_000 },
  source: 'kubelet (protect-kernel-defaults): 1000000',

  evaluate({ machine, sysctls }, { minimumCount }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    return sysctlAtLeast(sysctls, 'kernel.keys.root_maxkeys', minimumCount);
  },
});
