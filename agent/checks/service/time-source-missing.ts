import { defineCheck, notApplicable, unknown } from '../check.ts';

export const timeSourceMissing = defineCheck({
  id: 'service-time-source-missing',
  area: 'service',
  title: { zh: '时间同步服务没有配置时间源', en: 'No source configured for the time service' },
  why: { zh: '时钟只会越走越偏，直到证书和集群协议出错。', en: 'The clock keeps drifting until certificates and cluster protocols fail.' },
  remedy: {
    zh: '执行 `grep -E "^(server|pool|refclock)" /etc/chrony.conf /etc/chrony/chrony.conf` 查看配置；添加可达的时间服务器后重启服务。',
    en: 'Run `grep -E "^(server|pool|refclock)" /etc/chrony.conf /etc/chrony/chrony.conf` to check the configuration; add reachable time servers and restart the service.',
  },
  severity: 'warning',
  reads: ['timeSync'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'DCE installation requirement: 1–4 NTP servers',

  evaluate({ timeSync: { service, sources, pools, referenceClocks, synchronised } }, { minimumCount }) {
    if (service === 'none' || service === 'ptp4l') return notApplicable();
    if (synchronised === true) return []; // from wherever, e.g. DHCP
    if (sources === undefined || pools === undefined || referenceClocks === undefined) return unknown();
    const all = sources + pools + referenceClocks;
    return all < minimumCount ? [{ observed: all, threshold: minimumCount }] : [];
  },
});
