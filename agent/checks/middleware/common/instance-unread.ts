import type { Reach } from '../../../wire/sections/middleware/products.ts';
import { defineCheck } from '../../check.ts';
import { isShut, judgeInstances } from '../../middleware-rows.ts';

/** Down is told by a check of its own; a blackout was asked for. */
const READ: ReadonlySet<Reach> = new Set<Reach>(['ok', 'partial', 'files-only', 'blackout', 'refused', 'timeout', 'unresolved']);

export const middlewareInstanceUnread = defineCheck({
  id: 'middleware-instance-unread',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '中间件实例未能巡检', en: 'Middleware instance could not be inspected' },
  why: { zh: '它的状态未知：可能正常，也可能已有故障而没有人看到。', en: 'Its state is unknown: it may be well, or be in trouble that nobody sees.' },
  remedy: {
    zh: '按实测原因处理：credentials-missing、wrong-credentials 在配置 middleware.instances 中填写 passwordFile；no-rights 按产品文档授予只读权限；tls-mismatch 填写 tls.caFile 与 serverName；not-addressed 填写 addresses；timeout 且 Pod 已就绪时在网络策略中放行巡检 Pod。可用 `xunjian middleware` 查看判定依据。',
    en: 'Act on the reason observed: for credentials-missing and wrong-credentials name a passwordFile under middleware.instances; for no-rights grant what the page of the product lists; for tls-mismatch give tls.caFile and serverName; for not-addressed give addresses; for a timeout with pods that are ready let the pod of the agent through in the network policies. `xunjian middleware` shows how it was found.',
  },
  severity: 'warning',
  reads: ['middleware'],
  unit: 'value',
  threshold: {},
  source: 'practice: what was not looked at is not healthy',

  evaluate({ middleware: { rows } }) {
    return judgeInstances(rows, (row) => (READ.has(row.reach) && !isShut(row) ? [] : [{ observed: row.reach }]));
  },
});
