import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const linkResolverNameserverDuplicate = defineCheck({
  id: 'link-resolver-nameserver-duplicate',
  area: 'link',
  title: { zh: '域名服务器重复配置', en: 'Duplicate name server entry' },
  why: { zh: '重复的那一条不提供任何冗余：这台服务器故障时解析就会中断。', en: 'The duplicate entry adds no redundancy: if that server fails, name resolution is interrupted.' },
  remedy: {
    zh: '执行 `sort /etc/resolv.conf | uniq -d` 找出重复项；删除重复行，它占用三个名额之一，并在故障时延长超时。',
    en: 'Run `sort /etc/resolv.conf | uniq -d` to find the duplicate; remove the extra line, as it takes up one of three slots and lengthens the timeout if that server fails.',
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
