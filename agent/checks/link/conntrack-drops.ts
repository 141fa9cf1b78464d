import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkConntrackDrops = defineCheck({
  id: 'link-conntrack-drops',
  area: 'link',
  title: { zh: '连接跟踪表已满，正在丢包', en: 'Connection tracking table full and dropping packets' },
  why: { zh: '新连接正在被丢弃：访问服务、域名解析时通时断。', en: 'New connections are being dropped: access to services and name resolution fail intermittently.' },
  remedy: {
    zh: '执行 `conntrack -S` 查看 drop 与 early_drop，`dmesg -T | grep nf_conntrack` 确认；立即提高 nf_conntrack_max，并缩短 nf_conntrack_tcp_timeout_established。',
    en: 'Run `conntrack -S` to check drop and early_drop, and `dmesg -T | grep nf_conntrack` to confirm; raise nf_conntrack_max immediately and shorten nf_conntrack_tcp_timeout_established.',
  },
  severity: 'warning',
  reads: ['conntrack'],
  unit: 'per-second',
  threshold: { warningPerSecond: 0.1, criticalPerSecond: 10 },
  source: 'practice: any drop within the sample is a connection that fails for no reason of its own',

  evaluate({ conntrack }, { warningPerSecond, criticalPerSecond }) {
    if (conntrack.dropsPerSecond === undefined) return unknown('no-history');
    return above(conntrack.dropsPerSecond, { warning: warningPerSecond, critical: criticalPerSecond });
  },
});
