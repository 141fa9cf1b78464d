/**
 * What the nodes of a cluster do not have alike: time zones, kernels, kernel parameters, kubelet settings. Only here are the
 * inspections of several machines side by side, so no agent judges it. Pure.
 */
import { COMPARED_AMONG, type NodeDifference, type NodeDifferences, type SettingValue } from '../../../reports/facts/differences.ts';
import type { Fact } from '../../../reports/facts/fact.ts';
import { compare, type Inspected } from './inspected.ts';
import { type Setting, settingsOf } from './node-settings.ts';
import { sourceDifferences } from './node-sources.ts';

const MOST_ROWS = 500;
const MOST_VALUES = 20;
const MOST_NAMES = 5;

/** `undefined` where no cluster has two nodes with an agent: there is nothing to compare. */
export function nodeDifferencesOf(inspected: readonly Inspected[]): Fact<NodeDifferences> | undefined {
  const clusters = [...Map.groupBy(inspected, ({ clusterId }) => clusterId).values()];
  const told = clusters.map(differencesIn).filter((one) => one.machines > 1 || one.rows.length > 0);
  if (told.length === 0) return undefined;
  const rows = told.flatMap((one) => (clusters.length > 1 ? one.rows.map((row) => ({ ...row, cluster: one.cluster })) : one.rows));
  return {
    value: { machines: sum(told.map(({ machines }) => machines)), settings: Math.max(...told.map(({ settings }) => settings)), rows: rows.slice(0, MOST_ROWS), total: rows.length },
  };
}

function differencesIn(inspected: readonly Inspected[]): Omit<NodeDifferences, 'total'> & { readonly cluster: string } {
  const nodes = inspected.filter(({ role }) => role === 'node');
  const masters = new Set(inspected.flatMap(({ inspection: { sections } }) => (sections.nodes?.rows ?? []).filter(({ role }) => role === 'control-plane').map(({ name }) => name)));
  const groups: Readonly<Record<NodeDifference['among'], readonly Inspected[]>> = {
    all: nodes,
    'control-plane': nodes.filter(({ machine }) => masters.has(machine)),
    worker: nodes.filter(({ machine }) => !masters.has(machine)),
  };
  const settings = settingsOf(nodes.map(({ inspection: { sections } }) => sections));
  let compared = 0;
  const rows: NodeDifference[] = [];
  for (const setting of settings) {
    let isTold = false;
    for (const among of COMPARED_AMONG.filter((group) => setting.byRole === (group !== 'all'))) {
      const values = valuesOf(setting, groups[among]);
      isTold ||= sum(values.map(({ machines }) => machines)) > 1;
      if (values.length > 1) rows.push({ among, setting: setting.id, title: setting.title, unit: setting.unit, values });
    }
    if (isTold) compared += 1;
  }
  const sources = sourceDifferences(inspected);
  return { cluster: inspected[0]?.clusterName ?? '', machines: nodes.length, settings: compared + sources.compared, rows: [...sources.rows, ...rows] };
}

/** The most common value first; of as many machines, the one that sorts first, so that the same inspections always give the same document. */
function valuesOf({ read }: Setting, machines: readonly Inspected[]): readonly SettingValue[] {
  const byValue = new Map<string | number | boolean, string[]>();
  for (const { machine, inspection } of machines) {
    const value = read(inspection.sections);
    if (value === undefined) continue;
    const names = byValue.get(value);
    if (names) names.push(machine);
    else byValue.set(value, [machine]);
  }
  return [...byValue]
    .toSorted(([one, some], [other, others]) => others.length - some.length || compare(String(one), String(other)))
    .slice(0, MOST_VALUES)
    .map(([value, names], index) => ({ value, machines: names.length, names: index === 0 ? [] : names.toSorted(compare).slice(0, MOST_NAMES) }));
}
function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
