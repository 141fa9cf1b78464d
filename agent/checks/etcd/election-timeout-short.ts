import { defineCheck, unknown } from '../check.ts';

export const electionTimeoutShort = defineCheck({
  id: 'etcd-election-timeout-short',
  area: 'etcd',
  title: { zh: 'etcd 选举超时相对心跳过短', en: 'etcd election timeout too short for the heartbeat' },
  why: { zh: '网络或磁盘稍有抖动就会重新选主，期间写入中断。', en: 'Even slight network or disk jitter may trigger an election, during which writes are interrupted.' },
  remedy: {
    zh: '执行 `grep -E -- "heartbeat|election" /etc/kubernetes/manifests/etcd.yaml`（或查看 `/etc/etcd.env`）确认；把 `--election-timeout` 设为心跳的十倍左右，所有成员保持一致。',
    en: 'Run `grep -E -- "heartbeat|election" /etc/kubernetes/manifests/etcd.yaml` (or check `/etc/etcd.env`) to confirm; set `--election-timeout` to about ten times the heartbeat interval, with the same value on all members.',
  },
  severity: 'info',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'ratio',
  threshold: { lowestRatio: 10 },
  source: 'etcd tuning guide: defaults 100 ms and 1000 ms, election at least ten times the round trip',

  evaluate({ etcdFlags }, { lowestRatio }) {
    if (etcdFlags.heartbeatMs === 0) return unknown('malformed');
    const ratio = etcdFlags.electionMs / etcdFlags.heartbeatMs;
    return ratio < lowestRatio ? [{ observed: ratio, threshold: lowestRatio }] : [];
  },
});
