import type { Reach } from '../../../wire/sections/middleware/products.ts';
import { defineCheck } from '../../check.ts';
import { isShut, judgeInstances, wasRead } from '../../middleware-rows.ts';

/** Told by a check of its own. */
const DOWN: ReadonlySet<Reach> = new Set<Reach>(['refused', 'timeout', 'unresolved']);

export const middlewareInstanceUnread = defineCheck({
  id: 'middleware-instance-unread',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '中间件实例未能巡检', en: 'Middleware instance could not be inspected' },
  why: { zh: '它的状态未知：可能正常，也可能已有故障而没有人看到。', en: 'Its state is unknown: it may be healthy, or it may have a fault that nobody has noticed.' },
  remedy: {
    zh: '执行 `xunjian middleware` 查看每个实例的原因与判定依据。未提供口令、口令不被接受：在配置 middleware.instances 中填写 username 与 passwordFile；口令或证书文件无法读取：检查路径与文件权限；没有读取权限：授予该产品的最小只读权限；TLS 不匹配：填写 tls.caFile 与 serverName；没有可访问的地址、应答的不是该产品：填写正确的 addresses 与 product；无应答而 Pod 已就绪：在网络策略中放行巡检 Pod；超过查询次数上限、应答过大：调大 limits。',
    en: 'Run `xunjian middleware` to see the reason for each instance and how it was determined. No password, or password rejected: set username and passwordFile under middleware.instances; password or certificate file unreadable: check its path and permissions; insufficient rights: grant the minimum read-only privileges for that product; TLS mismatch: set tls.caFile and serverName; no reachable address, or a different product answers: set the correct addresses and product; no answer although the pods are ready: allow the inspection pod in the network policies; query limit exceeded or response too large: raise limits.',
  },
  severity: 'warning',
  reads: ['middleware'],
  unit: 'value',
  threshold: {},
  source: 'practice: what was not looked at is not healthy',

  evaluate({ middleware: { rows } }) {
    return judgeInstances(rows, (row) => {
      if (row.reach === 'blackout') return 'silent'; // asked for, and still nobody looked
      if (DOWN.has(row.reach) && !isShut(row)) return 'other';
      return wasRead(row.reach) ? [] : [{ observed: row.looksLike === undefined ? row.reach : `answers-${row.looksLike}` }];
    });
  },
});
