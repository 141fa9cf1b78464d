import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlGaleraUnsynced = defineCheck({
  id: 'mysql-galera-unsynced',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'Galera 节点未同步或不在主组', en: 'Galera node not synced or not in the primary component' },
  why: { zh: '该节点不能正常读写，集群冗余减少，可能已被隔离。', en: 'It cannot serve requests properly: redundancy is reduced, and it may be isolated.' },
  remedy: {
    zh: "执行 `SHOW STATUS LIKE 'wsrep_%'` 查看 wsrep_cluster_status 与 wsrep_local_state_comment；恢复网络或让节点重新加入。",
    en: "Run `SHOW STATUS LIKE 'wsrep_%'` to see wsrep_cluster_status and wsrep_local_state_comment; restore the network or have the node rejoin.",
  },
  severity: 'critical',
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'awesome-prometheus-alerts (MySQL): MysqlGaleraClusterOutOfSync; Galera manual: wsrep_local_state 4 = Synced',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ galeraSynced }) => (galeraSynced === undefined ? 'other' : wrongWhen(!galeraSynced)));
  },
});
