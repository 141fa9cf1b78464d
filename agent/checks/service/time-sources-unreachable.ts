import { defineCheck, notApplicable } from '../check.ts';

export const timeSourcesUnreachable = defineCheck({
  id: 'service-time-sources-unreachable',
  area: 'service',
  title: { zh: '询问的时间源都没有应答', en: 'No response from any queried time source' },
  why: {
    zh: '时钟已无人校准，会逐渐偏离，影响证书、日志和集群协议。',
    en: 'The clock is no longer being corrected and will gradually drift, affecting certificates, logs and cluster protocols.',
  },
  remedy: {
    zh: '执行 `chronyc sources -v` 或 `ntpq -pn` 查看可达性；检查到时间服务器的路由与防火墙（UDP 123），更换失效的服务器。',
    en: 'Run `chronyc sources -v` or `ntpq -pn` to check reachability; check the route and firewalls to the time servers (UDP 123) and replace servers that no longer work.',
  },
  severity: 'warning',
  reads: ['timeSync'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'practice: a clock without reachable sources drifts, whatever its service says',

  evaluate({ timeSync: { sourcesAsked, sourcesAnswered } }, { minimumCount }) {
    if (sourcesAsked === 0) return notApplicable();
    return sourcesAnswered < minimumCount ? [{ observed: sourcesAnswered, threshold: minimumCount }] : [];
  },
});
