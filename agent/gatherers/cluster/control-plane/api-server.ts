import { setTimeout as sleep } from 'node:timers/promises';
import type { AnsweredAt } from '../../../kube/client.ts';
import type { Cluster } from '../../../kube/cluster.ts';
import { KubeError } from '../../../kube/errors.ts';
import { type Json, textAt } from '../../../kube/read.ts';
import { NODE_METRICS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { HEALTH_CHECKS } from '../../../wire/sections/cluster/control-plane-api.ts';
import { toVersion } from '../../../wire/version.ts';
import { clusterGatherer, UnreadableError } from '../../gatherer.ts';
import { whenReadable } from './readable.ts';

type ApiServer = Sections['apiServer'];
type Health = (typeof HEALTH_CHECKS)[number];

const PROBES = 5;
/** One failing answer is a hiccup: the kubelet restarts an API server after eight, ten seconds apart. */
const SECOND_LOOK_MS = 1_000;
/** A build's mark in the version. OpenShift adds a commit; EKS, GKE, ACK, TKE and CCE a release of their own. */
const MARKS: readonly (readonly [RegExp, ApiServer['distribution']])[] = [
  [/\+k3s/, 'k3s'],
  [/\+rke2/, 'rke2'],
  [/-eks/, 'eks'],
  [/-gke/, 'gke'],
  [/-aliyun|-ack/, 'ack'],
  [/-tke/, 'tke'],
  [/-r\d|-cce/, 'cce'],
  [/\+[0-9a-f]{7,9}$/, 'openshift'],
  [/^v?\d+\.\d+\.\d+(-(alpha|beta|rc)\.\d+)?$/, 'vanilla'],
];

/** @throws UnreadableError `malformed` when `/version` tells no version */
export function parseVersion(answer: Json): Pick<ApiServer, 'version' | 'major' | 'minor' | 'distribution' | 'architecture'> {
  const gitVersion = textAt(answer, 'gitVersion')?.slice(0, 128);
  const numbers = /^v?(\d{1,3})\.(\d{1,3})/.exec(gitVersion ?? '');
  const version = toVersion(gitVersion);
  if (gitVersion === undefined || version === undefined || !numbers) throw new UnreadableError('malformed');
  const platform = textAt(answer, 'platform') ?? '';
  return {
    version,
    major: Number(numbers[1]),
    minor: Number(numbers[2]),
    distribution: MARKS.find(([mark]) => mark.test(gitVersion))?.[1] ?? 'other',
    architecture: platform.endsWith('/amd64') ? 'amd64' : platform.endsWith('/arm64') ? 'arm64' : 'other',
  };
}

/** Failing lines ("[-]etcd failed: reason withheld") of a verbose health text. */
export function parseFailing(verbose: string): { readonly known: readonly Health[]; readonly others: number } {
  const known = new Set<Health>();
  let others = 0;
  for (const line of verbose.split('\n', 500)) {
    const check = /^\[-\]([\w./-]{1,128})/.exec(line)?.[1];
    if (check === undefined) continue;
    const name = HEALTH_CHECKS.find((candidate) => candidate === check || (candidate === 'poststarthook' && check.startsWith('poststarthook/')));
    if (name) known.add(name);
    else others += 1;
  }
  return { known: [...known], others };
}

export function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/**
 * How far the server's clock is off ours at least: its date is a whole second that it was in at some moment between asking and
 * hearing, and within these bounds nothing is said. Of several answers the one that proves most counts, also when a load balancer leads to several servers.
 */
export function clockOffset(answers: readonly AnsweredAt[]): number | undefined {
  let most: number | undefined;
  for (const { server, askedAt, heardAt } of answers) {
    const ahead = server - heardAt;
    const behind = server + 1 - askedAt;
    const offset = ahead > 0 ? ahead : Math.min(0, behind);
    if (most === undefined || Math.abs(offset) > Math.abs(most)) most = offset;
  }
  return most === undefined ? undefined : Math.round(most * 10) / 10;
}

/** A health text; one that says "failing" is asked for again, and the second answer counts. */
async function healthOf(cluster: Cluster, path: '/livez?verbose' | '/readyz?verbose', signal: AbortSignal): Promise<{ status: number; text: string } | undefined> {
  return await whenReadable(async () => {
    const first = await cluster.text(path, signal);
    if (first.status === 200) return first;
    await sleep(SECOND_LOOK_MS, undefined, { signal });
    return await cluster.text(path, signal);
  });
}

/** Whether metrics-server is registered, and whether it answers. */
async function resourceMetrics(cluster: Cluster, signal: AbortSignal): Promise<ApiServer['resourceMetrics']> {
  try {
    return (await cluster.servedVersion(NODE_METRICS, signal)) === undefined ? 'not-registered' : 'served';
  } catch (error) {
    if (error instanceof KubeError && error.status !== undefined && error.status >= 500) return 'unavailable';
    if (error instanceof KubeError && error.reason === 'forbidden') return undefined;
    throw error;
  }
}

export const apiServer = clusterGatherer({
  section: 'apiServer',
  needs: [{ url: '/version' }, { url: '/livez' }, { url: '/readyz' }, { api: 'nodes', group: 'metrics.k8s.io', verbs: ['list'] }],
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const version = parseVersion(await cluster.get('/version', signal));
    const live = await healthOf(cluster, '/livez?verbose', signal);
    const ready = await healthOf(cluster, '/readyz?verbose', signal);
    const times: number[] = [];
    const answers: AnsweredAt[] = [];
    for (let probe = 0; probe < (ready ? PROBES : 1); probe += 1) {
      const began = performance.now();
      const { answeredAt } = await cluster.text(ready ? '/readyz' : '/version', signal);
      if (ready) times.push(performance.now() - began);
      if (answeredAt) answers.push(answeredAt);
    }
    const failing = parseFailing(`${live?.text ?? ''}\n${ready?.text ?? ''}`);
    return {
      ...version,
      livez: live && (live.status === 200 ? 'ok' : 'failing'),
      readyz: ready && (ready.status === 200 ? 'ok' : 'failing'),
      failingChecks: failing.known,
      otherFailingChecks: failing.others,
      answerMs: median(times),
      clockOffsetSeconds: clockOffset(answers),
      resourceMetrics: await resourceMetrics(cluster, signal),
    };
  },
});
