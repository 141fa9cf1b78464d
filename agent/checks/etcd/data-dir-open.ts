import { defineCheck, unknown } from '../check.ts';

export const dataDirOpen = defineCheck({
  id: 'etcd-data-dir-open',
  area: 'etcd',
  title: { zh: '其他用户可访问 etcd 数据目录', en: 'etcd data folder that other users may enter' },
  why: { zh: '其他本机用户可读 etcd 的数据：所有 Secret 都在其中。', en: "Other users of the machine can read etcd's data, and every Secret is in it." },
  remedy: {
    zh: '执行 `stat -c "%a %U" /var/lib/etcd` 确认；用 `chmod 700 /var/lib/etcd` 收紧权限，其中有全部 Secret。',
    en: 'Confirm with `stat -c "%a %U" /var/lib/etcd`; tighten it with `chmod 700 /var/lib/etcd`: all Secrets are in there.',
  },
  severity: 'warning',
  setup: true,
  reads: ['etcdHost'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.1.11 (700 or more restrictive)',

  evaluate({ etcdHost }) {
    if (etcdHost.dataDirOpen === undefined) return unknown();
    return etcdHost.dataDirOpen ? [{ observed: true, threshold: false }] : [];
  },
});
