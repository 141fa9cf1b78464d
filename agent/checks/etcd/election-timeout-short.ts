import { defineCheck, unknown } from '../check.ts';

export const electionTimeoutShort = defineCheck({
  id: 'etcd-election-timeout-short',
  area: 'etcd',
  title: { zh: 'etcd 选举超时相对心跳过短', en: 'etcd election time-out that is short for its heartbeat' },
  why: { zh: '网络或磁盘稍有抖动就会重新选主，期间写入中断。', en: 'A small hiccup of network or disk causes an election, and writes stop meanwhile.' },
  remedy: {
    zh: '执行 `grep -E -- "heartbeat|election" /etc/kubernetes/manifests/etcd.yaml`（或查看 `/etc/etcd.env`）确认；把 `--election-timeout` 设为心跳的十倍左右，所有成员保持一致。',
    en: 'Check `grep -E -- "heartbeat|election" /etc/kubernetes/manifests/etcd.yaml` (or `/etc/etcd.env`); set `--election-timeout` to about ten heartbeats, the same on all members.',
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
