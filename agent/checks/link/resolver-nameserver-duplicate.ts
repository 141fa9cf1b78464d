import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const linkResolverNameserverDuplicate = defineCheck({
  id: 'link-resolver-nameserver-duplicate',
  area: 'link',
  title: { zh: '域名服务器重复配置', en: 'Name server listed twice' },
  why: { zh: '重复的那一条不提供任何冗余：这台服务器故障时解析就会中断。', en: 'The second entry adds no redundancy: when that server fails, names do not resolve.' },
  remedy: {
    zh: '执行 `sort /etc/resolv.conf | uniq -d` 找出重复项；删除重复行，它占用三个名额之一，并在故障时延长超时。',
    en: 'Find it with `sort /etc/resolv.conf | uniq -d`; remove the copy: it takes one of three places and doubles the wait when that server fails.',
  },
  severity: 'info',
  reads: ['resolver'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'resolv.conf(5): servers are tried in the order listed, up to three',

  evaluate({ resolver }, { infoCount }) {
    return above(resolver.duplicateNameservers, { info: infoCount });
  },
});
