import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { wrongWhen } from '../../middleware-rows.ts';

export const tongwebListenerNotListening = defineCheck({
  id: 'tongweb-listener-not-listening',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 通道端口未监听', en: 'TongWeb listener port not listening' },
  why: { zh: '用户连不上该端口，经它访问的应用全部中断。', en: 'Users cannot connect, and all applications behind the port are down.' },
  remedy: {
    zh: '执行 `ss -ltnp | grep <端口>` 核对；查看 server.log 中该通道的启动错误（端口占用、权限、证书）。',
    en: 'Run `ss -ltnp | grep <port>`; check server.log for the startup error of the listener (port in use, permissions, certificate).',
  },
  severity: 'critical',
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'practice: a configured listener of a running server serves',

  evaluate({ middlewareTongweb: { rows, listeners } }) {
    return judgeParts(rows, listeners, ({ use, port, listening }) =>
      use === 'other' || use === 'ejb' ? 'other' : listening === undefined ? 'silent' : wrongWhen(!listening, { observed: port }),
    );
  },
});
