/** How PostgreSQL is recognised. */
import { defineProduct } from '../product.ts';

export const POSTGRESQL = defineProduct({
  product: 'postgresql',
  section: 'middlewarePostgresql',
  title: 'PostgreSQL',
  signature: {
    images: [/^((bitnami|library|crunchy|cloudnative)-)?(postgres|postgresql|postgresql-repmgr|spilo(-\d+)?|postgis|timescaledb|pgvector)(-(server|ha))?$/],
    imageVersion,
    labels: ['postgresql', 'postgres', 'postgresql-ha', 'spilo'],
    operators: [
      'acid.zalan.do/postgresql',
      'postgresql.cnpg.io/Cluster',
      'postgres-operator.crunchydata.com/PostgresCluster',
      'upstream.pgv2.percona.com/PostgresCluster',
      'kubegres.reactive-tech.io/Kubegres',
    ],
    ports: [5432],
    processes: ['postgres', 'postmaster'],
    portArgument: / (?:-p ?|-c ?port=|--port=)(\d{1,5})\b/,
    // The postmaster, and none of its children, whose titles name what they do.
    commandLine: /^\S*\b(postgres|postmaster)( |$)/,
  },
  needs: [{ network: 'PostgreSQL (5432): SELECT on pg_settings, pg_stat_activity, pg_stat_replication, pg_stat_archiver and other statistics views' }],
  load: async () => (await import('./gatherer.ts')).postgresqlGatherer,
});

/** Spilo and extensions have releases of their own: PostgreSQL's is in the name, or after `pg`. Crunchy's come after the system's. */
function imageVersion(name: string, tag: string): string | undefined {
  if (name.includes('spilo')) return /spilo-(\d+)$/.exec(name)?.[1];
  if (name.startsWith('crunchy')) return /-(\d+(?:\.\d+)?)-/.exec(tag)?.[1];
  return /timescaledb|pgvector/.test(name) ? /(?:^|-)pg(\d+(?:\.\d+)?)(?:-|$)/.exec(tag)?.[1] : tag;
}
