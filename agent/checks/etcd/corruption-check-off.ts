import { defineCheck } from '../check.ts';

export const corruptionCheckOff = defineCheck({
  id: 'etcd-corruption-check-off',
  area: 'etcd',
  title: { zh: 'etcd 启动时不检查数据一致性', en: 'No etcd corruption check at startup' },
  why: { zh: '数据损坏的成员会照常启动，并把错误的数据当作正确的提供出去。', en: 'A member with corrupted data starts normally and serves incorrect data as if it were correct.' },
  remedy: {
    zh: '执行 `grep -E -- "corrupt-check|InitialCorruptCheck" /etc/kubernetes/manifests/etcd.yaml`（或查看 `/etc/etcd.env`）确认；3.5 设置 `--experimental-initial-corrupt-check=true`，3.6 起用特性门控 `InitialCorruptCheck`。',
    en: 'Run `grep -E -- "corrupt-check|InitialCorruptCheck" /etc/kubernetes/manifests/etcd.yaml` (or check `/etc/etcd.env`) to confirm; set `--experimental-initial-corrupt-check=true` on 3.5, or the feature gate `InitialCorruptCheck` from 3.6 onwards.',
  },
  severity: 'info',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'value',
  threshold: {},
  source: 'etcd data corruption guide; kubeadm sets it since 1.22',

  evaluate({ etcdFlags }) {
    return etcdFlags.corruptCheck ? [] : [{ observed: false, threshold: true }];
  },
});
