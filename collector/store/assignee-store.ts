/** Who of the support centre may work on a customer's incidents. */
import type { Db } from './database.ts';

const WORKERS = ['support-engineer', 'duty-manager', 'administrator'];

export interface Assignee {
  readonly id: string;
  readonly name: string;
}
/** By name; active, and serving the customer. */
export async function assigneesOf(db: Db, customerId: string): Promise<readonly Assignee[]> {
  return await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('status', '=', 'active')
    .where('customer_id', 'is', null)
    .where('role', 'in', WORKERS)
    .where((eb) =>
      eb.or([
        eb('role', '=', 'administrator'),
        eb('serves_all', '=', 1),
        eb.exists(eb.selectFrom('serves').select('serves.user_id').whereRef('serves.user_id', '=', 'users.id').where('serves.customer_id', '=', customerId)),
      ]),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(500)
    .execute();
}
