/**
 * What the API server says of a node and what the agent on it read, where the two are not the same: an image of an old registration, an agent on
 * another machine of the same name. Each table of a report prints one of them, and a reader who compares them should not be the first to notice. Pure.
 */
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import type { Text } from '../../../agent/wire/vocabulary.ts';
import type { NodeDifference } from '../../../reports/facts/differences.ts';
import { systemName } from '../host-facts.ts';
import { compare, type Inspected } from './inspected.ts';

type NodeRow = NonNullable<SomeSections['nodes']>['rows'][number];
interface Source {
  readonly setting: string;
  readonly title: Text;
  /** What the agent read, what the API server says; `undefined` where either is not told or they are the same. */
  readonly pair: (os: NonNullable<SomeSections['os']>, row: NodeRow) => { readonly read: string; readonly said: string } | undefined;
  readonly isTold: (os: NonNullable<SomeSections['os']>, row: NodeRow) => boolean;
}
const MOST_NAMES = 5;
const SOURCES: readonly Source[] = [
  {
    setting: 'nodes.osVersion',
    title: { zh: '操作系统（前：节点代理所读，后：API Server 所报）', en: 'Operating system (first: read on the node; second: reported by the API server)' },
    isTold: (os, row) => os.distribution !== 'other' && row.os !== 'other' && row.os !== 'windows' && row.osVersion !== undefined,
    pair(os, row) {
      const version = os.release ?? os.versionId;
      if (os.distribution === row.os && isSame(version, row.osVersion)) return undefined;
      return { read: systemName(os.distribution, version), said: systemName(row.os, row.osVersion) };
    },
  },
  {
    setting: 'nodes.kernel',
    title: { zh: '内核（前：节点代理所读，后：API Server 所报）', en: 'Kernel (first: read on the node; second: reported by the API server)' },
    isTold: (os, row) => os.kernel !== undefined && row.kernel !== undefined,
    pair: (os, row) => (os.kernel === row.kernel ? undefined : { read: os.kernel ?? '', said: row.kernel ?? '' }),
  },
];
/** `22.04` and `22.04.5` are told with different care. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

/** @returns what both told of at least one node, and a row for each pair that differs */
export function sourceDifferences(inspected: readonly Inspected[]): { readonly compared: number; readonly rows: readonly NodeDifference[] } {
  const known = new Map(inspected.flatMap(({ inspection: { sections } }) => sections.nodes?.rows ?? []).map((row) => [row.name, row]));
  const both = inspected.flatMap(({ role, machine, inspection: { sections } }) => {
    const row = known.get(machine);
    return role === 'node' && row && sections.os ? [{ machine, row, os: sections.os }] : [];
  });
  let compared = 0;
  const rows: NodeDifference[] = [];
  for (const { setting, title, isTold, pair } of SOURCES) {
    const told = both.filter(({ os, row }) => isTold(os, row));
    if (told.length > 0) compared += 1;
    const pairs = Map.groupBy(
      told.flatMap(({ machine, os, row }) => {
        const differing = pair(os, row);
        return differing ? [{ machine, ...differing }] : [];
      }),
      ({ read, said }) => `${read}|${said}`,
    );
    for (const [, members] of [...pairs].toSorted(([one], [other]) => compare(one, other))) {
      const [first] = members;
      if (!first) continue;
      const names = members
        .map(({ machine }) => machine)
        .toSorted(compare)
        .slice(0, MOST_NAMES);
      const values = [
        { value: first.read, machines: members.length, names: [] },
        { value: first.said, machines: members.length, names },
      ];
      rows.push({ among: 'all', setting, title, unit: 'value', values });
    }
  }
  return { compared, rows };
}
