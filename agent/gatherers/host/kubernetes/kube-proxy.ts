import type { Host } from '../../../host/host.ts';
import { askLoopback, healthOf } from '../../../host/probe.ts';
import { PROXY_MODES } from '../../../wire/sections/host/kubernetes.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';
import { memberOr, parseCommandLine } from './flags.ts';
import { requireNode } from './node.ts';
import { commandLineOf, findProcesses, mainProcess } from './processes.ts';

/** Ports of kube-proxy's defaults: health for load balancers, and metrics with the mode. */
const HEALTH_PORT = 10_256;
const METRICS_PORT = 10_249;

export const kubeProxy = hostGatherer({
  section: 'kubeProxy',
  needs: [{ mount: '/proc' }, { socket: '127.0.0.1:10256' }, { socket: '127.0.0.1:10249' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    await requireNode(host);
    const processes = await findProcesses(host, ['kube-proxy'], signal);
    const process = mainProcess(processes, 'kube-proxy', { pods: true });
    const health = await healthOf(host, HEALTH_PORT, { signal });
    // Without a process it may be replaced by the network plugin; whether its pods should run is for the cluster's checks to say.
    if (!process && health !== 'ok') throw processes || health ? new AbsentError('not-present') : new UnreadableError('not-visible');
    return { health, mode: (await askMode(host, signal)) ?? (process && (await flaggedMode(host, process.pid))), startedAt: process?.startedAt };
  },
});

async function askMode(host: Host, signal: AbortSignal): Promise<(typeof PROXY_MODES)[number] | undefined> {
  try {
    const { status, body } = await askLoopback(host, METRICS_PORT, '/proxyMode', { signal });
    return status === 200 ? memberOr(PROXY_MODES, body.trim(), 'other') : undefined;
  } catch (error) {
    if (signal.aborted || !(error instanceof UnreadableError)) throw error;
    return undefined;
  }
}

async function flaggedMode(host: Host, pid: string): Promise<(typeof PROXY_MODES)[number] | undefined> {
  const mode = parseCommandLine((await commandLineOf(host, pid)) ?? '').get('proxy-mode');
  return mode === undefined || mode === '' ? undefined : memberOr(PROXY_MODES, mode, 'other');
}
