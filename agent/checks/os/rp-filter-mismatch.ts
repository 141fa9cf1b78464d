import { defineCheck, notApplicable, unknown } from '../check.ts';
import { sysctlUnknown } from '../sysctl.ts';

export const rpFilterMismatch = defineCheck({
  id: 'os-rp-filter-mismatch',
  area: 'os',
  title: { zh: '反向路径过滤与网络插件不匹配', en: 'Reverse path filter incompatible with the network plugin' },
  why: {
    zh: '严格过滤会丢弃网络插件的不对称流量，部分 Pod 偶发不通。',
    en: "Strict filtering drops the network plugin's asymmetric traffic, and some pods are intermittently unreachable.",
  },
  remedy: {
    zh: '执行 `sysctl net.ipv4.conf.all.rp_filter` 查看；Cilium 需要 0 或 2，Calico 需要 0 或 1，在 `/etc/sysctl.d/` 中修改后重启网络插件的 Pod。',
    en: 'Run `sysctl net.ipv4.conf.all.rp_filter` to check the current value; Cilium needs 0 or 2, Calico 0 or 1. Change it in `/etc/sysctl.d/` and restart the network plugin pods.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'value',
  threshold: { ciliumForbiddenValue: 1, calicoForbiddenValue: 2 },
  source: 'Cilium system requirements (rp_filter off) and Calico FelixConfiguration (loose filtering refused)',

  evaluate({ machine, sysctls, processes }, { ciliumForbiddenValue, calicoForbiddenValue }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    if (processes.programs === undefined) return unknown('not-visible');
    const forbidden = processes.programs.includes('cilium-agent') ? ciliumForbiddenValue : processes.programs.includes('calico-node') ? calicoForbiddenValue : undefined;
    if (forbidden === undefined) return notApplicable();
    const observed = sysctls.values['net.ipv4.conf.all.rp_filter'];
    if (observed === undefined) return sysctlUnknown(sysctls, 'net.ipv4.conf.all.rp_filter');
    return observed === forbidden ? [{ observed, threshold: forbidden }] : [];
  },
});
