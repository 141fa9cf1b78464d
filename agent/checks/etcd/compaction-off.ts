import { defineCheck } from '../check.ts';

export const compactionOff = defineCheck({
  id: 'etcd-compaction-off',
  area: 'etcd',
  title: { zh: 'etcd 历史版本不会被压缩', en: 'etcd history never compacted' },
  why: {
    zh: '历史从不压缩，数据库只增不减：到配额后整个集群变为只读。',
    en: 'History is never compacted, so the database only grows: when it reaches its quota, the whole cluster becomes read-only.',
  },
  remedy: {
    zh: '执行 `grep -- compaction /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；恢复 API Server 的 `--etcd-compaction-interval`，或为 etcd 设置 `--auto-compaction-retention`。',
    en: 'Run `grep -- compaction /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; restore `--etcd-compaction-interval` on the API server, or set `--auto-compaction-retention` for etcd.',
  },
  severity: 'warning',
  setup: true,
  reads: ['etcdFlags', 'apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'etcd operations guide, history compaction; the API server asks for one every five minutes unless its interval is zero',

  evaluate({ etcdFlags, apiserverFlags }) {
    return etcdFlags.autoCompactionSet || apiserverFlags.etcdCompactionSeconds > 0 ? [] : [{ observed: false, threshold: true }];
  },
});
