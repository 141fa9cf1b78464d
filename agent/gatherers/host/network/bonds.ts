import { toCount } from '../../../host/parse.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';

type Row = Sections['bonds']['bonds'][number];

const MAX_BONDS = 16;
const MAX_LINES = 2_000;
/** Words of drivers/net/bonding, in its order. */
const MODES: readonly (readonly [Row['mode'], string])[] = [
  ['round-robin', 'load balancing (round-robin)'],
  ['active-backup', 'fault-tolerance (active-backup)'],
  ['xor', 'load balancing (xor)'],
  ['broadcast', 'fault-tolerance (broadcast)'],
  ['802.3ad', 'IEEE 802.3ad Dynamic link aggregation'],
  ['tlb', 'transmit load balancing'],
  ['alb', 'adaptive load balancing'],
];
/** What a member shows for its partner while no switch answers. */
const NO_PARTNER = '00:00:00:00:00:00';

/** One file of `/proc/net/bonding`; `undefined` when it is none. */
export function parseBond(name: string, text: string): Row | undefined {
  const [head = '', ...members] = text
    .split('\n', MAX_LINES)
    .join('\n')
    .split(/^Slave Interface: .*$/m);
  const mode = fieldOf(head, 'Bonding Mode');
  if (mode === undefined) return undefined;
  const isUp = (part: string): boolean => fieldOf(part, 'MII Status') === 'up';
  const known = MODES.find(([, words]) => mode.startsWith(words))?.[0] ?? 'other';
  const aggregators = new Set(members.map((member) => fieldOf(member, 'Aggregator ID')));
  const partner = fieldOf(head, 'Partner Mac Address');
  let linkFailures = 0;
  for (const member of members) linkFailures += toCount(fieldOf(member, 'Link Failure Count')) ?? 0;
  const pollsMii = (toCount(fieldOf(head, 'MII Polling Interval (ms)')) ?? 0) > 0;
  const pollsArp = (toCount(fieldOf(head, 'ARP Polling Interval (ms)')) ?? 0) > 0;
  return {
    name,
    mode: known,
    up: isUp(head),
    slaves: members.length,
    activeSlaves: members.filter(isUp).length,
    monitored: pollsMii || pollsArp,
    linkFailures,
    ...(known === '802.3ad' && !aggregators.has(undefined) && members.length > 0 && { lacpAgreed: aggregators.size === 1 && partner !== NO_PARTNER }),
  };
}

/** First `key: value` of a part; keys are fixed words of the driver. */
function fieldOf(part: string, key: string): string | undefined {
  for (const line of part.split('\n')) {
    const trimmed = line.trim();
    if (trimmed.startsWith(`${key}:`)) return trimmed.slice(key.length + 1).trim();
  }
  return undefined;
}

export const bonds = hostGatherer({
  section: 'bonds',
  needs: [{ mount: '/proc' }],
  deadlineMs: 5_000,

  async gather(host) {
    const folder = await host.netFile('bonding');
    const { names } = await host.list(folder);
    if (names.length === 0) throw (await host.exists(await host.netFile('dev'))) ? new AbsentError('not-in-use') : new UnreadableError('not-visible');
    const rows: Row[] = [];
    for (const name of names.slice(0, MAX_BONDS)) {
      const row = parseBond(name, await host.read(`${folder}/${name}`, { maxBytes: 128 * 1024, cut: true }));
      if (row === undefined) throw new UnreadableError('malformed');
      rows.push(row);
    }
    return { bonds: rows, dropped: Math.max(0, names.length - MAX_BONDS) };
  },
});
