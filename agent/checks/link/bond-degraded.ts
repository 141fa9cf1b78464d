import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const linkBondDegraded = defineCheck({
  id: 'link-bond-degraded',
  area: 'link',
  title: { zh: 'bond 有成员断开', en: 'Bond with members down' },
  why: { zh: '冗余已经失去：剩下的链路再断，这台主机就脱网。', en: 'Redundancy is lost: if the remaining link fails, the host is cut off from the network.' },
  remedy: {
    zh: '执行 `cat /proc/net/bonding/<bond>` 找出状态为 down 的成员；检查对应的网线、光模块与交换机端口。',
    en: 'Run `cat /proc/net/bonding/<bond>` to find the members that are down; check the corresponding cables, transceivers and switch ports.',
  },
  severity: 'warning',
  reads: ['bonds'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'node-mixin NodeBondingDegraded (slaves − active > 0); no member left is critical',

  evaluate({ bonds }, { warningCount }, { host }) {
    return judgeRows(bonds.bonds, { kind: 'Interface', host, missing: 'not-reported' }, ({ up, slaves, activeSlaves }) => {
      if (!up || activeSlaves === 0) return [{ observed: slaves - activeSlaves, threshold: warningCount, severity: 'critical' }];
      return above(slaves - activeSlaves, { warning: warningCount });
    });
  },
});
