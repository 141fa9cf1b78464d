/** A node's conditions: readiness, kubelet's own pressures, and what problem detectors add. */
import { type Json, listAt, textAt, timeAt } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { NODE_PROBLEMS, type PRESSURES } from '../../../wire/sections/cluster/control-plane-nodes.ts';

type Node = Sections['nodes']['rows'][number];
type Problem = (typeof NODE_PROBLEMS)[number];
type Pressure = (typeof PRESSURES)[number];
type Parsed = Pick<Node, 'ready' | 'readySince' | 'heartbeatAt' | 'pressures' | 'problems' | 'otherProblems' | 'problemSince' | 'staleConditions'> & PressureTimes;
type PressureTimes = Pick<Node, 'memoryPressureSince' | 'diskPressureSince' | 'pidPressureSince' | 'networkUnavailableSince'>;

/** Conditions that kubelet and the cloud's route controller keep; `OutOfDisk` went with 1.13. */
const PRESSURE_OF: ReadonlyMap<string, Pressure> = new Map([
  ['MemoryPressure', 'memory'],
  ['DiskPressure', 'disk'],
  ['OutOfDisk', 'disk'],
  ['PIDPressure', 'pid'],
  ['NetworkUnavailable', 'network-unavailable'],
]);
const PROBLEMS: ReadonlySet<string> = new Set(NODE_PROBLEMS);
/** A reporter that was silent for this long is not believed; node-problem-detector reports every 5 minutes at least. */
const STALE_SECONDS = 900;
const MOST_CONDITIONS = 200;

/** @param now Unix seconds */
export function parseConditions(node: Json, now: number): Parsed {
  const pressures = new Map<Pressure, number | undefined>();
  const custom: unknown[] = [];
  let ready: unknown;
  for (const condition of listAt(node, 'status', 'conditions').slice(0, MOST_CONDITIONS)) {
    const type = textAt(condition, 'type') ?? '';
    const pressure = PRESSURE_OF.get(type);
    if (type === 'Ready') ready = condition;
    else if (pressure === undefined) custom.push(condition);
    else if (holds(condition)) pressures.set(pressure, timeAt(condition, 'lastTransitionTime'));
  }
  return {
    ready: readiness(ready),
    readySince: timeAt(ready, 'lastTransitionTime'),
    heartbeatAt: timeAt(ready, 'lastHeartbeatTime'),
    pressures: [...pressures.keys()],
    memoryPressureSince: pressures.get('memory'),
    diskPressureSince: pressures.get('disk'),
    pidPressureSince: pressures.get('pid'),
    networkUnavailableSince: pressures.get('network-unavailable'),
    ...parseCustom(custom, now),
  };
}

function holds(condition: unknown): boolean {
  return textAt(condition, 'status') === 'True';
}
function readiness(condition: unknown): Node['ready'] {
  if (condition === undefined) return 'missing';
  const status = textAt(condition, 'status');
  if (status === 'True') return 'true';
  return status === 'False' ? 'false' : 'unknown';
}

/** Conditions of problem detectors: True means trouble, as long as the reporter is alive. */
function parseCustom(conditions: readonly unknown[], now: number): Pick<Node, 'problems' | 'otherProblems' | 'problemSince' | 'staleConditions'> {
  const problems = new Set<Problem>();
  const beginnings: number[] = [];
  let otherProblems = 0;
  let staleConditions = 0;
  for (const condition of conditions) {
    if (now - (timeAt(condition, 'lastHeartbeatTime') ?? now) > STALE_SECONDS) {
      staleConditions += 1;
      continue;
    }
    if (!holds(condition)) continue;
    const type = textAt(condition, 'type') ?? '';
    const since = timeAt(condition, 'lastTransitionTime');
    if (PROBLEMS.has(type))
      problems.add(type as Problem); // by the test
    else otherProblems += 1;
    if (since !== undefined) beginnings.push(since);
  }
  return { problems: [...problems], otherProblems, problemSince: beginnings.length === 0 ? undefined : Math.min(...beginnings), staleConditions };
}
