import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nacosVersionsMixed = defineCheck({
  id: 'nacos-versions-mixed',
  area: 'middleware',
  product: 'nacos',
  group: 'platform',
  title: { zh: 'Nacos 集群成员版本不一致', en: 'Nacos members running different versions' },
  why: { zh: '成员间协议与数据可能不兼容，同步出错；升级也可能只做了一半。', en: 'Protocols and data may be incompatible and fail to sync; an upgrade may be only half done.' },
  remedy: {
    zh: '执行 `curl "http://<成员>:8848/nacos/v1/core/cluster/nodes"` 查看 version；完成升级，除升级期间外各成员应为同一版本。',
    en: 'Run `curl "http://<member>:8848/nacos/v1/core/cluster/nodes"` to see version; finish the upgrade, because all members should run the same version except during an upgrade.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareNacos'],
  unit: 'count',
  threshold: { leastCount: 2 },
  source: 'Nacos documentation, "Upgrade": mixed versions only while upgrading',

  evaluate({ middlewareNacos: { rows } }, { leastCount }) {
    return judgeInstances(rows, ({ mode, versions }) => (mode === 'standalone' ? 'other' : told(versions, (count) => above(count, { warning: leastCount }))));
  },
});
