import { defineCheck } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const tcpSyncookiesOff = defineCheck({
  id: 'os-tcp-syncookies-off',
  area: 'os',
  title: { zh: '未开启 SYN Cookie 防护', en: 'SYN cookies disabled' },
  why: { zh: '少量伪造的连接请求就能让服务无法接受新连接。', en: 'A small number of forged connection requests can prevent the service from accepting new connections.' },
  remedy: {
    zh: '执行 `sysctl net.ipv4.tcp_syncookies` 查看当前值；在 `/etc/sysctl.d/` 中设为 1：否则 SYN 洪泛会占满半连接队列。',
    en: 'Run `sysctl net.ipv4.tcp_syncookies` to check the current value; set it to 1 in `/etc/sysctl.d/`, otherwise a SYN flood fills the queue of half-open connections.',
  },
  severity: 'warning',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { minimumValue: 1 },
  source: 'openEuler baseline and TongTech: 1',

  evaluate({ sysctls }, { minimumValue }) {
    return sysctlAtLeast(sysctls, 'net.ipv4.tcp_syncookies', minimumValue);
  },
});
