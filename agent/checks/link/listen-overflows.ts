import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkListenOverflows = defineCheck({
  id: 'link-listen-overflows',
  area: 'link',
  title: { zh: '监听队列溢出，新连接被丢弃', en: 'Listen queues overflowing, new connections dropped' },
  why: { zh: '客户端的连接被丢弃或超时，而服务进程看上去正常。', en: 'Client connections are dropped or time out, while the server looks healthy.' },
  remedy: {
    zh: '执行 `ss -ltn` 找出 Recv-Q 接近 Send-Q 的监听端口；提高 net.core.somaxconn 与应用的 backlog，并检查该应用为何处理不及。',
    en: "Run `ss -ltn` to find listening ports whose Recv-Q is close to Send-Q; raise net.core.somaxconn and the application's backlog, and find out why the application cannot keep up.",
  },
  severity: 'warning',
  reads: ['tcp'],
  unit: 'per-second',
  threshold: { warningPerSecond: 1, criticalPerSecond: 5 },
  source: 'netdata 1m_tcp_accept_queue_overflows (1 and 5 per second)',

  evaluate({ tcp }, { warningPerSecond, criticalPerSecond }) {
    if (tcp.listenOverflowsPerSecond === undefined) return unknown('no-history');
    return above(tcp.listenOverflowsPerSecond, { warning: warningPerSecond, critical: criticalPerSecond });
  },
});
