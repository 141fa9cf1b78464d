/** Planned changes and maintenance: troubles inside are kept and shown, but nobody is woken; what outlasts a change is an outage. */
import type { Scope } from '../../agent/wire/inspection.ts';
import { instanceOf } from '../../agent/wire/setting-scope.ts';
import { plural } from '../../reports/format.ts';
import type { Visibility } from '../access/visibility.ts';
import { AppError, notFound } from '../errors.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Db } from '../store/database.ts';
import { cancelWindow, insertWindow, type PlannedWindow, windowById } from '../store/window-store.ts';
import type { Actor } from './event.ts';
import type { Desk } from './rules.ts';

/** Longest a window may be open. */
const LONGEST_WINDOW_MS = 31 * 86_400_000;
const LONGEST_TITLE = 200;

/** Whether a window that is open at `now` takes in a thing; a node's window takes in what lives on the node, an instance's its settings. */
export function windowOver({ scope, startsAt, endsAt }: PlannedWindow, thing: Scope, now: number): boolean {
  if (now < startsAt || now >= endsAt) return false;
  if (scope === undefined || scope.kind === 'Cluster') return true;
  if (scope.kind === 'Node') return thing.node === scope.name || (thing.kind === 'Node' && thing.name === scope.name);
  if (scope.kind === 'Namespace') return thing.namespace === scope.name || (thing.kind === 'Namespace' && thing.name === scope.name);
  if (scope.kind === 'Instance') return instanceOf(thing) === scope.name;
  return thing.kind === scope.kind && thing.name === scope.name && thing.namespace === scope.namespace && (scope.node === undefined || scope.node === thing.node);
}

export type WindowRequest = Pick<PlannedWindow, 'customerId' | 'clusterId' | 'kind' | 'scope' | 'startsAt' | 'endsAt' | 'title' | 'approvedBy'>;

/**
 * @throws AppError `invalid`, with `earliest`, for a change that is announced later than the policy wants and that nobody of
 * support approved
 */
export async function planWindow(desk: Desk, db: Db, request: WindowRequest, actor: Actor, now: number): Promise<PlannedWindow> {
  const { customerId, clusterId, kind, scope, startsAt, endsAt, approvedBy } = request;
  const title = request.title.trim();
  if (title === '' || title.length > LONGEST_TITLE)
    throw new AppError('invalid', `a window has a title of ${LONGEST_TITLE} characters at most`, {
      details: { field: 'title' },
      text: { zh: `标题最多 ${LONGEST_TITLE} 个字符`, en: `a title of at most ${LONGEST_TITLE} characters` },
    });
  if (!(endsAt > startsAt) || endsAt - startsAt > LONGEST_WINDOW_MS || endsAt <= now)
    throw new AppError('invalid', 'a window ends after its start, in the future, and within 31 days', {
      details: { field: 'endsAt' },
      text: { zh: '结束必须晚于开始、在将来，并且不超过开始后 31 天', en: 'it ends after its start, in the future, and within 31 days' },
    });
  if (kind === 'change' && approvedBy === undefined) {
    const { rules } = await desk.rulesFor(db, { customerId, clusterId });
    if (startsAt - now < rules.changeNoticeMs) {
      const earliest = now + rules.changeNoticeMs;
      const days = Math.round(rules.changeNoticeMs / 86_400_000);
      throw new AppError('invalid', `a change is announced ${days} days before; sooner, support has to approve it`, {
        details: { earliest, field: 'startsAt' },
        text: {
          zh: `合同要求变更提前 ${days} 天登记；更早开始须由支持中心批准`,
          en: `the contract wants a change announced ${plural(days, 'day')} before it starts; sooner, support has to approve it`,
        },
      });
    }
  }
  const window: PlannedWindow = { id: desk.newId(), customerId, clusterId, kind, scope, startsAt, endsAt, title, announcedAt: now, approvedBy };
  await insertWindow(db, window);
  await appendAudit(db, desk.engine, { at: now, actor, customerId, action: `window.plan`, object: window.id, details: { kind, clusterId, startsAt, endsAt, approvedBy } });
  return window;
}

/** Incidents that it keeps quiet speak up at the latest when it would have ended. */
export async function withdrawWindow(desk: Desk, db: Db, visibility: Visibility, id: string, actor: Actor, now: number): Promise<void> {
  const window = await windowById(db, visibility, id);
  if (!window) throw notFound('window');
  if (!(await cancelWindow(db, id, now))) throw new AppError('conflict', 'it was withdrawn already');
  await appendAudit(db, desk.engine, { at: now, actor, customerId: window.customerId, action: 'window.withdraw', object: id });
}
