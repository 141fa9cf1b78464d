import { listAt, objectAt, textAt } from '../../../kube/read.ts';
import type { OWNER_KINDS } from '../../../wire/sections/cluster/workloads-pods.ts';

export interface Owner {
  readonly kind: (typeof OWNER_KINDS)[number];
  readonly name: string | undefined;
}
const NONE: Owner = { kind: 'none', name: undefined };
/** A CronJob names its Jobs after the minute that they were due: eight digits or more since 2020. */
const DUE_MINUTE = /-\d{8,10}$/;

/**
 * The workload that a person would name as the owner of a pod: the Deployment behind the ReplicaSet, the CronJob behind the Job.
 * It is told from the names that their controllers give, because looking every owner up would cost a request each.
 */
export function ownerOf(pod: unknown): Owner {
  const owners = listAt(pod, 'metadata', 'ownerReferences');
  const owner = owners.find((reference) => objectAt(reference)['controller'] === true) ?? owners[0];
  if (owner === undefined) return isMirror(pod) ? { kind: 'Node', name: undefined } : NONE;
  const kind = textAt(owner, 'kind');
  const name = textAt(owner, 'name');
  switch (kind) {
    case 'ReplicaSet': {
      const hash = textAt(pod, 'metadata', 'labels', 'pod-template-hash');
      if (hash && name?.endsWith(`-${hash}`)) return { kind: 'Deployment', name: name.slice(0, -hash.length - 1) };
      return { kind, name };
    }
    case 'Job':
      return name === undefined ? { kind, name } : jobOwner(name);
    case 'StatefulSet':
    case 'DaemonSet':
      return { kind, name };
    case 'Node':
      return { kind, name: undefined };
    default:
      return { kind: 'other', name };
  }
}

/** A Job by its name, or the CronJob that made it. */
export function jobOwner(job: string): Owner {
  return DUE_MINUTE.test(job) ? { kind: 'CronJob', name: job.replace(DUE_MINUTE, '') } : { kind: 'Job', name: job };
}

function isMirror(pod: unknown): boolean {
  return textAt(pod, 'metadata', 'annotations', 'kubernetes.io/config.mirror') !== undefined;
}
