/** An assignment names a person: who it is, and whether that person works for the customer at all. */
import { AppError } from '../errors.ts';
import { type Assignee, assigneesOf } from '../store/assignee-store.ts';
import type { Db } from '../store/database.ts';

/** @throws AppError `invalid` for everybody who does not serve the customer */
export async function requireAssignee(db: Db, userId: string, customerId: string): Promise<Assignee> {
  const found = (await assigneesOf(db, customerId)).find(({ id }) => id === userId);
  if (!found)
    throw new AppError('invalid', 'only support staff that serves the customer works on its incidents', {
      details: { field: 'to' },
      text: { zh: '只有服务该客户的支持人员才能处理其事件', en: 'only support staff that serves the customer works on its incidents' },
    });
  return found;
}
