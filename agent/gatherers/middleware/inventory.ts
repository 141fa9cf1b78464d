/** The section that lists all instances: how each was found, how reading it ended, how long its members run, what the site says of backups. */
import type { LastBackup } from '../../middleware/backup-time.ts';
import type { Backup, MiddlewareConfig } from '../../middleware/declaration.ts';
import type { Sections } from '../../wire/section-values.ts';
import type { CounterMemory } from './counters.ts';
import { matches } from './instance.ts';
import type { Inspected } from './product.ts';

/** How long each member has been running, where its product tells, and whether an earlier inspection met another run of it. */
export interface Running {
  readonly uptimeSeconds: number;
  readonly restarted?: boolean | undefined;
}
export function runningOf({ instance, reading }: Inspected, { counters, now }: { readonly counters: CounterMemory; readonly now: number }): (readonly [string, Running])[] {
  const lists = reading.lists as unknown as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[] | undefined>>; // by the name of the list
  const startedAt = reading.members.length === 1 ? lists['rows']?.[0]?.['startedAt'] : undefined;
  return reading.members.flatMap(({ member }) => {
    const told = lists['members']?.find((row) => row['member'] === member)?.['uptimeSeconds'] ?? (typeof startedAt === 'number' ? now - startedAt : undefined);
    if (typeof told !== 'number' || !(told >= 0)) return [];
    const uptimeSeconds = Math.floor(told);
    return [[memberKey(instance.id, member), { uptimeSeconds, restarted: counters.restarted(instance.id, member, now, uptimeSeconds) }] as const];
  });
}
function memberKey(instance: string, member: string): string {
  return JSON.stringify([instance, member]);
}

export interface Inventoried extends Pick<Sections['middleware'], 'complete' | 'ignored' | 'dropped'> {
  readonly config: MiddlewareConfig;
  /** By {@link memberKey}. */
  readonly runs: ReadonlyMap<string, Running>;
  /** By instance. */
  readonly backups: ReadonlyMap<string, (LastBackup & Pick<Backup, 'restoreTested'>) | undefined>;
}
export function inventory(inspected: readonly Inspected[], { config: { platform = [] }, runs, backups, complete, ignored, dropped }: Inventoried): Sections['middleware'] {
  return {
    complete,
    ignored,
    dropped,
    rows: inspected.map(({ instance, reading, durationMs }) => {
      const backup = backups.get(instance.id);
      const nodes = new Set(instance.members.flatMap(({ node }) => node ?? []));
      return {
        instance: instance.id,
        product: instance.product,
        version: reading.version ?? instance.version,
        fork: reading.fork,
        mode: reading.mode,
        reach: reading.reach,
        looksLike: reading.reach === 'protocol' ? reading.members.find(({ looksLike }) => looksLike !== undefined)?.looksLike : undefined,
        place: instance.place,
        evidence: instance.evidence,
        ...(platform.some((one) => matches(one, instance)) && { platform: true }),
        overridden: instance.overridden,
        namespace: instance.namespace,
        node: instance.node,
        members: instance.members.length,
        desired: instance.desired,
        ...(instance.place === 'cluster' && { ready: instance.members.filter(({ ready }) => ready).length, nodes: nodes.size }),
        ...(backup && { backupDeclared: true, backupFound: backup.found, backupAt: backup.at, restoreTestedAt: backup.restoreTested }),
        answered: reading.members.filter(({ reach }) => reach === 'ok' || reach === 'partial').length,
        denied: sum(reading.members.map((member) => member.denied)),
        statements: sum(reading.members.map((member) => member.statements)),
        durationMs,
      };
    }),
    members: inspected.flatMap(({ instance, reading }) =>
      reading.members.map(({ member, role, reach, looksLike, version }) => ({
        instance: instance.id,
        member,
        role,
        reach,
        looksLike,
        version,
        ...runs.get(memberKey(instance.id, member)),
      })),
    ),
  };
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
