/** A customer with a cluster in the database, for tests of what hangs on one. */
import { randomUUID } from 'node:crypto';
import type { ClusterIdentity } from '../../collector/ingest/apply.ts';
import type { Database } from '../../collector/store/database.ts';
import { saveCluster, saveCustomer } from '../../collector/store/fleet-store.ts';

export async function enrol({ db }: Database, name = '客户'): Promise<ClusterIdentity> {
  const customerId = randomUUID();
  const clusterId = randomUUID();
  await saveCustomer(db, { id: customerId, name, zone: 'Asia/Shanghai', locale: 'zh', contacts: {}, demo: false, createdAt: 0 });
  await saveCluster(db, { id: clusterId, customerId, contractId: null, name: `${name}-1`, kind: 'kubernetes', zone: null, createdAt: 0 });
  return { clusterId, customerId };
}
