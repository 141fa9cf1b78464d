import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsAddressRepair = defineCheck({
  id: 'addon-warning-events-address-repair',
  area: 'addon',
  title: { zh: '服务地址或端口分配不一致', en: 'Inconsistent Service address or port allocation' },
  why: { zh: '同一地址或端口可能被两个服务使用，流量走错地方。', en: 'Two Services may use the same address or port, and traffic may go to the wrong place.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=ClusterIPNotAllocated --sort-by=.lastTimestamp`；确认所有 API 服务器的 `--service-cluster-ip-range` 一致，重建有冲突的服务。',
    en: 'Run `kubectl get events -A --field-selector reason=ClusterIPNotAllocated --sort-by=.lastTimestamp`; make sure that `--service-cluster-ip-range` is the same on all API servers, and recreate the conflicting Services.',
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
