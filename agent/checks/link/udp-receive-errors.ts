import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkUdpReceiveErrors = defineCheck({
  id: 'link-udp-receive-errors',
  area: 'link',
  title: { zh: 'UDP 接收缓冲区溢出', en: 'UDP receive buffers overflowing' },
  why: { zh: '报文在本机被丢弃：域名解析、日志与监控数据丢失。', en: 'Packets are dropped on this host: name resolution fails, and log and metric data is lost.' },
  remedy: {
    zh: '执行 `ss -uanm` 与 `nstat -az UdpRcvbufErrors` 找出来不及读取的进程；提高 net.core.rmem_max 与应用的接收缓冲区，DNS 与日志收集尤其容易受影响。',
    en: "Run `ss -uanm` and `nstat -az UdpRcvbufErrors` to find processes that read too slowly; raise net.core.rmem_max and the application's receive buffer. DNS and log collection are especially vulnerable.",
  },
  severity: 'warning',
  reads: ['tcp'],
  unit: 'per-second',
  threshold: { warningPerSecond: 1 },
  source: 'netdata 1m_ipv4_udp_receive_buffer_errors (10 per minute); 1 per second by practice',

  evaluate({ tcp }, { warningPerSecond }) {
    if (tcp.udpReceiveErrorsPerSecond === undefined) return unknown('no-history');
    return above(tcp.udpReceiveErrorsPerSecond, { warning: warningPerSecond });
  },
});
