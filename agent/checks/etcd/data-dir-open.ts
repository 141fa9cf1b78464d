import { defineCheck, unknown } from '../check.ts';

export const dataDirOpen = defineCheck({
  id: 'etcd-data-dir-open',
  area: 'etcd',
  title: { zh: '其他用户可访问 etcd 数据目录', en: 'etcd data directory accessible to other users' },
  why: { zh: '其他本机用户可读 etcd 的数据：所有 Secret 都在其中。', en: 'Other local users can read the etcd data, which contains all Secrets.' },
  remedy: {
    zh: '执行 `stat -c "%a %U" /var/lib/etcd` 确认；用 `chmod 700 /var/lib/etcd` 收紧权限，其中有全部 Secret。',
    en: 'Run `stat -c "%a %U" /var/lib/etcd` to confirm; restrict permissions with `chmod 700 /var/lib/etcd`: the directory contains all Secrets.',
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
