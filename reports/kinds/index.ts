/** Every kind of report. A test proves that this list and the files of this folder are the same. */
import type { AuthoredPart } from '../facts/service.ts';
import { backup } from './backup.ts';
import { changes } from './changes.ts';
import { cost } from './cost.ts';
import { daily } from './daily.ts';
import { demands } from './demands.ts';
import { events } from './events.ts';
import { expert } from './expert.ts';
import { fault } from './fault.ts';
import type { ReportKind } from './kind.ts';
import { monthly } from './monthly.ts';
import { osSupport } from './os-support.ts';
import { problems } from './problems.ts';
import { risk } from './risk.ts';
import { s360 } from './s360.ts';
import { tongtech } from './tongtech.ts';
import { weekly } from './weekly.ts';

export const KINDS: readonly ReportKind[] = [s360, tongtech, daily, risk, events, problems, fault, changes, backup, demands, cost, weekly, monthly, osSupport, expert];

/** Names of earlier releases. */
const ALIASES: Readonly<Record<string, string>> = { inspection: 's360' };

/** The kind of this id, also by an earlier name; nothing when there is none. */
export function findKind(id: string): ReportKind | undefined {
  const name = Object.hasOwn(ALIASES, id) ? ALIASES[id] : id;
  return KINDS.find((kind) => kind.id === name);
}

/** What people may write for reports of a kind, in the order of its chapters. */
export function placesOf({ front, body, back }: ReportKind): readonly AuthoredPart['place'][] {
  return [...new Set([...front, ...body, ...back].flatMap(({ places = [] }) => places))];
}
