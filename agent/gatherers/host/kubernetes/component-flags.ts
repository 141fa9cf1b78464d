/** Gatherers of the control plane's flags, and where such flags are found. */
import type { Host } from '../../../host/host.ts';
import type { Component } from '../../../wire/sections/host/kubernetes.ts';
import type { FLAG_SOURCES } from '../../../wire/sections/host/kubernetes-flags.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';
import { apiserverFlagsOf, controllerManagerFlagsOf, schedulerFlagsOf } from './control-plane-flags.ts';
import { type Flags, parseCommandLine } from './flags.ts';
import { requireNode } from './node.ts';
import { commandLineOf, findProcesses, mainProcess } from './processes.ts';
import { readManifests } from './static-pods.ts';

export interface SourcedFlags {
  readonly flags: Flags;
  readonly source: (typeof FLAG_SOURCES)[number];
}
type ProgramName = Extract<Component, 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd'>;

/**
 * Flags of a program: of its static pod, else of its process on the host. A process in another pod is another cluster's (hosted
 * control planes, middleware that brings an etcd) and not looked at.
 * @returns `undefined` when the program is not on this host
 * @throws UnreadableError when a manifest that may be the program's cannot be read
 */
export async function findFlags(host: Host, program: ProgramName, signal: AbortSignal): Promise<SourcedFlags | undefined> {
  const manifests = await readManifests(host, signal);
  const manifest = manifests?.files.find(({ component }) => component === program);
  if (manifest) return { flags: manifest.flags, source: 'manifest' };
  const process = mainProcess(await findProcesses(host, [program], signal), program);
  const cmdline = process && (await commandLineOf(host, process.pid));
  if (process && !cmdline) throw new UnreadableError('forbidden');
  if (cmdline) return { flags: parseCommandLine(cmdline), source: 'process' };
  if (manifests && manifests.dropped > 0) throw new UnreadableError('malformed');
  return undefined;
}

async function needFlags(host: Host, program: ProgramName, signal: AbortSignal): Promise<SourcedFlags> {
  await requireNode(host);
  const found = await findFlags(host, program, signal);
  if (!found) throw new AbsentError('not-present');
  return found;
}

const NEEDS = [{ mount: '/etc/kubernetes' }, { mount: '/var/lib/rancher' }, { mount: '/proc' }] as const;

export const apiserverFlags = hostGatherer({
  section: 'apiserverFlags',
  needs: NEEDS,
  deadlineMs: 15_000,

  async gather(host, signal) {
    const { flags, source } = await needFlags(host, 'kube-apiserver', signal);
    return { source, ...apiserverFlagsOf(flags) };
  },
});

export const controllerManagerFlags = hostGatherer({
  section: 'controllerManagerFlags',
  needs: NEEDS,
  deadlineMs: 15_000,

  async gather(host, signal) {
    const { flags, source } = await needFlags(host, 'kube-controller-manager', signal);
    return { source, ...controllerManagerFlagsOf(flags) };
  },
});

export const schedulerFlags = hostGatherer({
  section: 'schedulerFlags',
  needs: NEEDS,
  deadlineMs: 15_000,

  async gather(host, signal) {
    const { flags, source } = await needFlags(host, 'kube-scheduler', signal);
    return { source, ...schedulerFlagsOf(flags) };
  },
});
