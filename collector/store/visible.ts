/** Tenant isolation in SQL: the one place where a {@link Visibility} becomes a condition. */
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Visibility } from '../access/visibility.ts';

/** True for rows of customers that are seen. @param column of the customer's id, `table.column` */
export function customerVisible(visibility: Visibility, column: string): Expression<SqlBool> {
  if (visibility === 'all') return sql<SqlBool>`1 = 1`;
  if (visibility.length === 0) return sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(visibility)})`;
}
/** True for rows of clusters whose customer is seen. @param column of the cluster's id, `table.column` */
export function clusterVisible(visibility: Visibility, column: string): Expression<SqlBool> {
  if (visibility === 'all') return sql<SqlBool>`1 = 1`;
  return sql<SqlBool>`${sql.ref(column)} in (select id from clusters where ${customerVisible(visibility, 'clusters.customer_id')})`;
}
