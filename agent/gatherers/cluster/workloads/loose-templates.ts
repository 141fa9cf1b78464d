/** What pods ask for that have no Deployment, StatefulSet, DaemonSet or CronJob whose template could be looked at instead. */
import { type Json, listAt, nameOf, objectAt, textAt } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { POD_SECTIONS } from '../../../wire/sections/cluster/workloads-pods.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { Notable } from './notable.ts';
import type { Owner } from './owner.ts';
import { templateFacts } from './template.ts';

type Row = Sections['pods']['templates'][number];

const { cap: CAP } = POD_SECTIONS.pods.fields.templates;
/** Owners that are told apart; pods of further ones are counted as left out. */
const MOST_OWNERS = 10_000;
/** Dangerous, others; in all of them something can be wrong, so the last rank stays empty. */
const RANKS = 3;
/** Where admission mounts the token of the service account. Source: Kubernetes documentation, "Configure Service Accounts for Pods". */
const TOKEN_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** One row for each bare pod and each owner of another kind. Static pods are the host's: its manifests are looked at there. */
export class LooseTemplates {
  readonly #rows = new Notable<Row>(CAP, RANKS);
  readonly #seen = new Set<string>();
  #overflow = 0;

  /** Takes a pod that has not ended. Of the pods of one owner the first stands for all. */
  add(namespace: string, owner: Owner, pod: Json, spec: Json): void {
    const { kind, name } = owner;
    if (kind !== 'none' && kind !== 'other' && kind !== 'ReplicaSet' && kind !== 'Job') return;
    if (name !== undefined) {
      const key = `${kind}/${namespace}/${name}`;
      if (this.#seen.has(key)) return;
      if (this.#seen.size >= MOST_OWNERS) {
        this.#overflow += 1;
        return;
      }
      this.#seen.add(key);
    }
    const row: Row = {
      namespace,
      pod: nameOf(pod),
      ownerKind: kind,
      owner: name,
      system: isSystemNamespace(namespace),
      ends: (textAt(spec, 'restartPolicy') ?? 'Always') !== 'Always',
      ...templateFacts(pod),
      automountToken: mountsToken(spec),
    };
    this.#rows.add(row, row.privileged + row.highCapabilities + row.sensitiveHostPaths + row.credentialEnv > 0 ? 0 : 1);
  }

  get dropped(): number {
    return this.#rows.dropped + this.#overflow;
  }
  rows(): readonly Row[] {
    return this.#rows.rows();
  }
}

/** A pod that exists tells it itself: admission has mounted the token, or has not. */
function mountsToken(spec: Json): boolean {
  return listAt(spec, 'containers').some((container) => listAt(container, 'volumeMounts').some((mount) => objectAt(mount)['mountPath'] === TOKEN_FOLDER));
}
