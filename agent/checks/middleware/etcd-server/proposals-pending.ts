import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const etcdServerProposalsPending = defineCheck({
  id: 'etcd-server-proposals-pending',
  area: 'middleware',
  product: 'etcd-server',
  group: 'load',
  title: { zh: 'etcd 积压提案', en: 'etcd proposal backlog' },
  why: { zh: '写入在排队，客户端会超时，多半是磁盘慢或负载过高。', en: 'Writes queue and clients time out, most likely because of a slow disk or high load.' },
  remedy: {
    zh: '查看 /metrics 的 etcd_server_proposals_pending 是否持续；检查磁盘时延与客户端写入量。',
    en: 'Check whether etcd_server_proposals_pending in /metrics stays high; check disk latency and client write volume.',
  },
  severity: 'warning',
  reads: ['middlewareEtcdServer'],
  unit: 'count',
  threshold: { warningCount: 100 },
  source: 'practice: 100, of etcd_server_proposals_pending (etcd documentation, "Metrics": a rising number means high load or no quorum)',

  evaluate({ middlewareEtcdServer: { members } }, { warningCount }) {
    return judgeInstances(members, ({ pendingProposals }) => told(pendingProposals, (count) => above(count, { warning: warningCount })));
  },
});
