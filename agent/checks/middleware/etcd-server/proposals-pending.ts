import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const etcdServerProposalsPending = defineCheck({
  id: 'etcd-server-proposals-pending',
  area: 'middleware',
  product: 'etcd-server',
  group: 'load',
  title: { zh: 'etcd 积压提案', en: 'etcd has proposals pending' },
  why: { zh: '写入在排队，客户端会超时，多半是磁盘慢或负载过高。', en: 'Writes queue and clients time out, mostly for a slow disk or too much load.' },
  remedy: {
    zh: '查看 /metrics 的 etcd_server_proposals_pending 是否持续；检查磁盘时延与客户端写入量。',
    en: 'See whether etcd_server_proposals_pending of /metrics stays; check disks and how much clients write.',
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
