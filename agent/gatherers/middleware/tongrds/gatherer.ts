/** Reads a TongRDS by the one statement that it shares with Redis, INFO; the emulated `redis_version` says nothing of it. */
import { InstanceFailure } from '../../../middleware/failure.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { toVersion } from '../../../wire/version.ts';
import type { ProductGatherer } from '../product.ts';
import { RedisClient } from '../redis/client.ts';
import { type Info, numberOf, parseInfo, roleOf } from '../redis/info.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';
import { readBeside } from './center.ts';

type Tongrds = Sections['middlewareTongrds'];
interface Told {
  readonly info: Info;
  readonly authRequired: boolean;
}

export const tongrdsGatherer: ProductGatherer<'middlewareTongrds'> = {
  async inspect(context) {
    const { instance } = context;
    const [outcomes, beside] = await Promise.all([visitMembers(context, readMember), readBeside(context)]);
    const reach = reachOfAll(outcomes);
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const version = told.map(({ info }) => toVersion(info.get('TongRDS_Version'))).find((one) => one !== undefined);
    const mode = instance.mode ?? (told.some(({ info }) => info.get('cluster_enabled') === '1') ? 'cluster' : told.length > 0 ? 'standalone' : 'unknown');
    return {
      mode,
      version,
      reach,
      members: memberStates(outcomes, ({ info }) => ({ role: roleOf(info), version })),
      lists: { rows: [{ ...beside, instance: instance.id, version, mode, reach }], members: outcomes.map((outcome) => memberRow(instance.id, outcome)) },
      settings: [],
    };
  },
};

async function readMember(visit: Visit): Promise<Told> {
  using client = await RedisClient.open(visit);
  const info = parseInfo(await client.ask('info'));
  if (info.size === 0) throw new InstanceFailure(client.denied.length > 0 ? 'no-rights' : 'protocol');
  return { info, authRequired: client.authRequired };
}

function memberRow(instance: string, { member, reach, value }: Outcome<Told>): Tongrds['members'][number] {
  if (!value) return { instance, member: member.name, role: 'unknown', reach };
  const { info, authRequired } = value;
  const enabled = info.get('cluster_enabled');
  const state = (info.get('cluster_state') ?? info.get('cluster_status'))?.toLowerCase();
  return {
    instance,
    member: member.name,
    role: roleOf(info),
    reach,
    usedMemoryPercent: percentOf(info, 'used_memory_ratio', 'used_memory', 'maxmemory'),
    clientsPercent: percentOf(info, 'connected_ratio', 'connected_clients', 'max_clients'),
    clients: numberOf(info, 'connected_clients'),
    processSpeed: numberOf(info, 'process_speed'),
    authRequired,
    clusterEnabled: enabled === undefined ? undefined : enabled === '1',
    clusterOk: state === undefined ? undefined : state === 'ok',
  };
}
/** `85%`, `85` or `0.85`; otherwise from the two numbers. */
export function percentOf(info: Info, ratio: string, part: string, whole: string): number | undefined {
  const text = info.get(ratio)?.trim();
  const own = text === undefined || text === '' ? Number.NaN : Number(text.replace('%', ''));
  if (Number.isFinite(own)) return Math.min(100, Math.max(0, !text?.includes('%') && own <= 1 ? own * 100 : own));
  const most = numberOf(info, whole);
  const used = numberOf(info, part);
  return used === undefined || !most ? undefined : Math.min(100, (used / most) * 100);
}
