/**
 * Reads a Kafka of either mode. Each declared or discovered broker is asked; addresses that a broker advertises are not:
 * whoever answers there must not learn the password.
 */
import type { Sections } from '../../../wire/section-values.ts';
import type { ProductGatherer, RawSetting } from '../product.ts';
import { memberStates, type Outcome, reachOfAll, visitMembers } from '../visit-members.ts';
import { MECHANISMS } from './client.ts';
import { wholeOf } from './facts.ts';
import { readBroker, type Told, type Turn } from './read-broker.ts';
import { versionOf } from './release.ts';

type MemberRow = Sections['middlewareKafka']['members'][number];

export const kafkaGatherer: ProductGatherer<'middlewareKafka'> = {
  async inspect(context) {
    const { instance } = context;
    const mechanism = MECHANISMS.find((one) => one === instance.options['saslMechanism']);
    const turn: Turn = { taken: false };
    const outcomes = await visitMembers(context, (visit) => readBroker(visit, mechanism, turn));
    const told = outcomes.flatMap(({ value }) => value ?? []);
    const releases = told.flatMap(({ release }) => release ?? []);
    const version = versionOf(releases[0], instance.version);
    const mode = told[0]?.mode ?? instance.mode ?? 'unknown';
    const reach = reachOfAll(outcomes);
    return {
      mode,
      version,
      reach,
      members: memberStates(outcomes, ({ role, release }) => ({ role, version: versionOf(release, instance.version) })),
      lists: {
        rows: [{ denied: [], ...wholeOf(told), instance: instance.id, mode, reach, version }],
        members: outcomes.map((outcome) => memberRow(instance.id, outcome)),
      },
      settings: outcomes.flatMap(({ member, value }): RawSetting[] => [...(value?.config ?? [])].map(([key, text]) => ({ member: member.name, key, value: text }))),
    };
  },
};

function memberRow(instance: string, { member, reach, value }: Outcome<Told>): MemberRow {
  const base = { instance, member: member.name, reach };
  if (!value) return { ...base, role: 'unknown' };
  const { brokerId, topics, logDirs, saslRequired, tls, role } = value;
  return {
    ...base,
    role,
    brokerId,
    ...(brokerId !== undefined && topics && { leaders: topics.flatMap(({ partitions }) => partitions.filter(({ leader }) => leader === brokerId)).length }),
    ...(logDirs && { replicas: logDirs.replicas, logDirs: logDirs.count, logDirsOffline: logDirs.offline, logDirUsedPercent: logDirs.usedPercent, logBytes: logDirs.bytes }),
    saslRequired,
    tls,
  };
}
