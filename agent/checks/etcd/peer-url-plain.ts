import { defineCheck } from '../check.ts';

export const peerUrlPlain = defineCheck({
  id: 'etcd-peer-url-plain',
  area: 'etcd',
  title: { zh: 'etcd 成员之间明文通信', en: 'Unencrypted traffic between etcd members' },
  why: { zh: '成员间的流量未加密：Secret 以明文在网络上传输。', en: 'Peer traffic is unencrypted: Secrets cross the network in plain text.' },
  remedy: {
    zh: '执行 `etcdctl member list -w table` 查看成员地址；按 etcd 文档逐个成员把 peer 地址改为 `https://` 并配置证书。',
    en: 'Check the peer addresses with `etcdctl member list -w table`; change them to `https://` and configure certificates, one member at a time, as described in the etcd documentation.',
  },
  severity: 'warning',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 2.4; etcd transport security guide',

  evaluate({ etcdFlags }) {
    return etcdFlags.plainPeerUrl ? [{ observed: true, threshold: false }] : [];
  },
});
