import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const thsUpstreamUnhealthy = defineCheck({
  id: 'ths-upstream-unhealthy',
  area: 'middleware',
  product: 'ths',
  group: 'load',
  title: { zh: 'TongHttpServer 上游后端异常', en: 'Unhealthy TongHttpServer upstream backends' },
  why: { zh: '剩下的后端承担全部流量，再坏一个可能过载或中断。', en: 'The remaining backends carry all traffic, and one more failure may cause an overload or outage.' },
  remedy: {
    zh: '在监控接口的 upstreams 中查看 state 与 health；检查后端进程与网络。',
    en: 'Check state and health under upstreams in the monitoring API; check the backend processes and the network.',
  },
  severity: 'warning',
  reads: ['middlewareThs'],
  unit: 'count',
  threshold: {},
  source: 'THS monitoring manual upstreams.peers.state; all peers down is an outage',

  evaluate({ middlewareThs: { rows, upstreams } }) {
    return judgeParts(
      rows,
      upstreams,
      ({ peers, peersDown }) => (peersDown === 0 ? [] : [{ observed: peersDown, threshold: 0, severity: peersDown >= peers ? 'critical' : 'warning' }]),
      ({ connectionsActive }) => (connectionsActive === undefined ? 'silent' : 'other'),
    );
  },
});
