/** Reads a ZooKeeper, alone or an ensemble: every member is asked the same three words. */
import { InstanceFailure } from '../../../middleware/failure.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { Mode, Role } from '../../../wire/sections/middleware/products.ts';
import type { ProductGatherer, RawSetting } from '../product.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';
import { isNotServing, isRefused, memberFields, numberIn, type Pairs, pairsOf, roleOf, versionOf } from './answers.ts';
import { askWord } from './client.ts';

type MemberRow = Sections['middlewareZookeeper']['members'][number];
type Grant = MemberRow['denied'][number];

interface Told {
  readonly role: Role;
  readonly version?: string | undefined;
  readonly quorum?: number | undefined;
  readonly conf?: Pairs | undefined;
  readonly fields: Partial<MemberRow>;
  readonly denied: readonly Grant[];
}

export const zookeeperGatherer: ProductGatherer<'middlewareZookeeper'> = {
  async inspect(context) {
    const { instance } = context;
    const outcomes = await visitMembers(context, (visit) => readMember(visit));
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const version = told.map((one) => one.version).find((one) => one !== undefined);
    const mode = modeOf(told, outcomes.length, instance.mode);
    const reach = reachOfAll(outcomes);
    const quorums = told.flatMap(({ quorum }) => quorum ?? []);
    return {
      mode,
      version,
      reach,
      members: memberStates(outcomes, (one) => ({ role: one.role, version: one.version })),
      lists: {
        rows: [
          {
            instance: instance.id,
            mode,
            reach,
            version,
            ...(told.length > 0 && { leaders: told.filter(({ role }) => role === 'leader').length }),
            ...(quorums.length > 0 && { quorumMembers: Math.max(...quorums) }),
          },
        ],
        members: outcomes.map((outcome) => memberRow(instance.id, outcome)),
      },
      settings: outcomes.flatMap(({ member, value }): RawSetting[] => [...(value?.conf ?? [])].map(([key, text]) => ({ member: member.name, key, value: text }))),
    };
  },
};

async function readMember(visit: Visit): Promise<Told> {
  const answer = await askWord(visit, 'srvr');
  if (isRefused(answer)) throw new InstanceFailure('no-rights');
  if (isNotServing(answer)) return { role: 'unknown', fields: { serving: false }, denied: [] };
  const srvr = pairsOf(answer);
  if (!srvr.has('Zookeeper version')) throw new InstanceFailure('protocol');
  const denied: Grant[] = [];
  const ask = async (word: Grant): Promise<Pairs | undefined> => {
    const text = await askWord(visit, word);
    if (!isRefused(text)) return pairsOf(text);
    denied.push(word);
    visit.deny();
    return undefined;
  };
  const mntr = await ask('mntr');
  const conf = await ask('conf');
  return { role: roleOf(srvr), version: versionOf(srvr), quorum: numberIn(mntr, 'zk_quorum_size'), conf, fields: memberFields(srvr, mntr, conf), denied };
}

function modeOf(told: readonly Told[], members: number, declared: Mode | undefined): Mode {
  if (told.some(({ role }) => role === 'leader' || role === 'follower' || role === 'observer') || members > 1) return 'cluster';
  return told.some(({ role }) => role === 'node') ? 'standalone' : (declared ?? 'unknown');
}
function memberRow(instance: string, { member, reach, value }: Outcome<Told>): MemberRow {
  const base = { instance, member: member.name, reach };
  return value ? { ...value.fields, ...base, role: value.role, denied: value.denied } : { ...base, role: 'unknown', denied: [] };
}
