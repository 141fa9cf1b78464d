import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsAddressRepair = defineCheck({
  id: 'addon-warning-events-address-repair',
  area: 'addon',
  title: { zh: '服务地址或端口分配不一致', en: 'Service addresses or ports are allocated inconsistently' },
  why: { zh: '同一地址或端口可能被两个服务使用，流量走错地方。', en: 'Two Services may share an address or port, and traffic goes astray.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=ClusterIPNotAllocated --sort-by=.lastTimestamp`；确认所有 API 服务器的 `--service-cluster-ip-range` 一致，重建有冲突的服务。',
    en: 'Run `kubectl get events -A --field-selector reason=ClusterIPNotAllocated --sort-by=.lastTimestamp`; make `--service-cluster-ip-range` the same on all API servers, and create the Services in conflict again.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 1 },
  source: 'practice: the repair loop of the API server reports a corrupted allocation',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['ClusterIPNotAllocated', 'IPAddressNotAllocated', 'PortNotAllocated', 'HostPortConflict'], limits);
  },
});
