import { answered, GAPS, type SubjectGroup, unanswered } from './subject.ts';

/** What holds for every product; the catalogue lists what each product is asked beyond that. */
export const MIDDLEWARE_SUBJECTS: SubjectGroup = {
  title: { zh: '中间件（各产品的专项检查见目录）', en: 'Middleware (what is asked of each product stands in the catalogue)' },
  subjects: [
    answered('实例可连接、版本可读', 'Instances that answer and tell their version', 'middleware-instance-down', 'middleware-instance-unread', 'middleware-rights-missing'),
    answered('副本就绪、成员可读', 'Replicas ready, members readable', 'middleware-replicas-unready', 'middleware-member-unread'),
    answered('成员集中在一个节点', 'Members on one node', 'middleware-members-colocated'),
    answered('版本停止维护与已知漏洞', 'Versions out of maintenance or with known vulnerabilities', 'middleware-version-eol', 'middleware-known-vulnerability'),
    answered('配置偏离批准的基线、成员之间不一致', 'Settings that left the approved baseline or differ between members', 'middleware-config-drift', 'middleware-members-differ'),
    answered(
      '厂商默认口令可登录（声明允许时才尝试）',
      "Logins with vendors' default passwords, tried only where declared",
      'mysql-default-password',
      'postgresql-default-password',
      'rabbitmq-default-password',
      'minio-default-password',
      'nacos-default-password',
    ),
    answered('最近重新启动', 'Restarts', 'middleware-restart-recent'),
    answered(
      '备份与恢复演练（按配置声明的时间）',
      'Backups and restores, by the times that the configuration tells',
      'middleware-backup-missing',
      'middleware-backup-stale',
      'middleware-restore-untested',
    ),
    unanswered('中间件平台自身的备份状态', "Backups of the middleware platform's own", GAPS.products),
  ],
};
