/** How MySQL and its kin are recognised. */
import { defineProduct } from '../product.ts';

export const MYSQL = defineProduct({
  product: 'mysql',
  section: 'middlewareMysql',
  title: 'MySQL',
  signature: {
    images: [
      /^((bitnami|library|percona|community|enterprise)-)?(mysql|mariadb|percona|percona-server|percona-xtradb-cluster|mariadb-galera)(-(server|community-server|enterprise-server))?$/,
    ],
    labels: ['mysql', 'mariadb', 'mariadb-galera', 'percona-xtradb-cluster', 'mysql-innodbcluster-mysql-server'],
    operators: [
      'mysql.presslabs.org/MysqlCluster',
      'mysql.oracle.com/InnoDBCluster',
      'pxc.percona.com/PerconaXtraDBCluster',
      'ps.percona.com/PerconaServerMySQL',
      'k8s.mariadb.com/MariaDB',
    ],
    ports: [3306],
    processes: ['mysqld', 'mariadbd'],
    portArgument: / --port=(\d{1,5})\b/,
  },
  needs: [{ network: 'MySQL (3306): SHOW GLOBAL VARIABLES/STATUS, SHOW REPLICA STATUS, counts from information_schema and performance_schema' }],
  load: async () => (await import('./gatherer.ts')).mysqlGatherer,
});
