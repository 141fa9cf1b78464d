import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const linkResolverSearchMany = defineCheck({
  id: 'link-resolver-search-many',
  area: 'link',
  title: { zh: '域名搜索域过多', en: 'Too many DNS search domains' },
  why: {
    zh: '域名查询被放大，部分旧程序只认前几个，同一名字在不同程序里结果不同。',
    en: 'DNS queries multiply, and some older programs use only the first few domains, so names may resolve differently.',
  },
  remedy: {
    zh: '执行 `grep ^search /etc/resolv.conf` 查看；删除不需要的搜索域，集群会再追加三个，过多会放大查询量，超出限制的部分会被忽略。',
    en: 'Run `grep ^search /etc/resolv.conf` to check; remove search domains that are not needed. The cluster adds three more, each multiplies the number of queries, and any beyond the limit are ignored.',
  },
  severity: 'info',
  setup: true,
  reads: ['resolver'],
  unit: 'count',
  threshold: { infoCount: 4, warningCount: 7 },
  source: 'glibc before 2.26 and kubelet before 1.28 allow 6 search domains, of which the cluster takes 3',

  evaluate({ resolver }, { infoCount, warningCount }) {
    return above(resolver.searchDomains, { info: infoCount, warning: warningCount });
  },
});
