import { defineCheck } from '../check.ts';
import { inStateFor } from '../node-rows.ts';

export const networkUnavailable = defineCheck({
  id: 'node-network-unavailable',
  area: 'node',
  title: { zh: '节点的网络不可用', en: 'Node network unavailable' },
  why: { zh: '节点上的 Pod 没有网络：既连不上其他服务，也不能被访问。', en: 'Pods on the node have no network: they can neither reach other services nor be reached.' },
  remedy: {
    zh: '执行 `kubectl -n kube-system get pod -o wide` 查看该节点上网络插件的 Pod；修复网络插件或云路由后，确认 NetworkUnavailable 变为 False。',
    en: 'Run `kubectl -n kube-system get pod -o wide` to check the network plugin pods on that node; fix the plugin or the cloud route, then confirm that NetworkUnavailable changes to False.',
  },
  severity: 'critical',
  reads: ['nodes'],
  unit: 'minutes',
  threshold: { afterMinutes: 5 },
  source: 'popeye POP-707, kubeeye; 5 min by practice: plugins clear it within one',

  evaluate({ nodes }, { afterMinutes }, { now }) {
    return inStateFor(nodes.rows, afterMinutes, now, (row) => (row.pressures.includes('network-unavailable') ? (row.networkUnavailableSince ?? 'unknown') : undefined));
  },
});
