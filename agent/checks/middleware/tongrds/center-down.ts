import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongrdsCenterDown = defineCheck({
  id: 'tongrds-center-down',
  area: 'middleware',
  product: 'tongrds',
  group: 'load',
  title: { zh: 'TongRDS 中心无法连接', en: 'TongRDS center unreachable' },
  why: { zh: '集群失去管理与授权中心，切换、配置下发与重启可能失败。', en: 'The cluster loses its management and licensing; failover, configuration and restarts may fail.' },
  remedy: {
    zh: '在中心主机执行 `ss -ltn | grep 6300` 确认进程与端口；中心持有授权，停止后节点会失去授权。',
    en: 'Run `ss -ltn | grep 6300` on the center host to check the process and port; the center holds the licence, and nodes lose theirs while it is down.',
  },
  severity: 'critical',
  reads: ['middlewareTongrds'],
  unit: 'count',
  threshold: {},
  source: 'TongRDS manual: the center holds the licence of its nodes (port 6300)',

  evaluate({ middlewareTongrds: { rows } }) {
    return judgeInstances(rows, ({ centers, centersReached }) => {
      if (centers === undefined || centersReached === undefined) return 'silent';
      return centersReached < centers ? [{ observed: centersReached, threshold: centers, severity: centersReached === 0 ? 'critical' : 'warning' }] : [];
    });
  },
});
