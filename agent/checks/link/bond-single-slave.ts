import { defineCheck } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const linkBondSingleSlave = defineCheck({
  id: 'link-bond-single-slave',
  area: 'link',
  title: { zh: 'bond 只有一个成员', en: 'Bond with only one member' },
  why: { zh: '只有一条链路，看似冗余其实没有，断一根线就脱网。', en: 'The bond looks redundant but is not: one broken cable takes the host off the network.' },
  remedy: {
    zh: '执行 `cat /proc/net/bonding/<bond>` 确认；为 bond 加入第二块网卡，最好接到另一台交换机，否则没有冗余。',
    en: 'Run `cat /proc/net/bonding/<bond>` to confirm; add a second interface, preferably on another switch, otherwise there is no redundancy.',
  },
  severity: 'warning',
  setup: true,
  reads: ['bonds'],
  unit: 'count',
  threshold: { minimumCount: 2 },
  source: 'practice: a bond is there for redundancy, which begins with two members',

  evaluate({ bonds }, { minimumCount }, { host }) {
    return judgeRows(bonds.bonds, { kind: 'Interface', host, missing: 'not-reported' }, ({ slaves }) =>
      slaves < minimumCount ? [{ observed: slaves, threshold: minimumCount }] : [],
    );
  },
});
