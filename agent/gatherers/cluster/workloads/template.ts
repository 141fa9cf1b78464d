/** What a pod template asks for: probes, resources, images, environment. Counts are over its containers, init containers apart. */
import { at, type Json, listAt, numberAt, objectAt, textAt } from '../../../kube/read.ts';
import { isToldToSpread } from './colocation.ts';
import { isCredential } from './credential-env.ts';
import { imageFacts } from './image.ts';
import { type SecurityFacts, securityFacts } from './template-security.ts';

export interface TemplateFacts extends SecurityFacts {
  containers: number;
  noReadinessProbe: number;
  noLivenessProbe: number;
  identicalProbes: number;
  livenessSeconds: number;
  noCpuRequest: number;
  noMemoryRequest: number;
  noCpuLimit: number;
  noMemoryLimit: number;
  imageLatest: number;
  imageUntagged: number;
  imageDigest: number;
  pullPolicyMismatch: number;
  duplicateEnv: number;
  credentialEnv: number;
  defaultServiceAccount: boolean;
  priorityClassSet: boolean;
  spread: boolean;
  graceZero: boolean;
}

/** @param template a PodTemplateSpec: `{metadata, spec}` */
export function templateFacts(template: Json): TemplateFacts {
  const spec = objectAt(template, 'spec');
  const account = textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? '';
  const facts: TemplateFacts = {
    ...securityFacts(template),
    containers: 0,
    noReadinessProbe: 0,
    noLivenessProbe: 0,
    identicalProbes: 0,
    livenessSeconds: 0,
    noCpuRequest: 0,
    noMemoryRequest: 0,
    noCpuLimit: 0,
    noMemoryLimit: 0,
    imageLatest: 0,
    imageUntagged: 0,
    imageDigest: 0,
    pullPolicyMismatch: 0,
    duplicateEnv: 0,
    credentialEnv: 0,
    defaultServiceAccount: account === '' || account === 'default',
    priorityClassSet: (textAt(spec, 'priorityClassName') ?? '') !== '' || numberAt(spec, 'priority') !== undefined,
    spread: isToldToSpread(spec),
    graceZero: numberAt(spec, 'terminationGracePeriodSeconds') === 0,
  };
  for (const container of listAt(spec, 'containers')) {
    facts.containers += 1;
    addProbes(facts, container);
    addResources(facts, container, spec);
    addImage(facts, container);
    addEnvironment(facts, container);
  }
  for (const container of listAt(spec, 'initContainers')) {
    addImage(facts, container);
    addEnvironment(facts, container);
  }
  return facts;
}

function addProbes(facts: TemplateFacts, container: unknown): void {
  const { readinessProbe: readiness, livenessProbe: liveness, startupProbe: startup } = objectAt(container);
  if (readiness === undefined) facts.noReadinessProbe += 1;
  if (liveness === undefined) {
    facts.noLivenessProbe += 1;
    return;
  }
  const delay = startup === undefined ? (numberAt(liveness, 'initialDelaySeconds') ?? 0) : 0; // with a startup probe the delay is over before this one begins
  facts.livenessSeconds = Math.max(facts.livenessSeconds, delay + (numberAt(liveness, 'periodSeconds') ?? 10) * (numberAt(liveness, 'failureThreshold') ?? 3), 0);
  if (readiness !== undefined && (numberAt(liveness, 'timeoutSeconds') ?? 1) <= 1 && handler(readiness) === handler(liveness)) facts.identicalProbes += 1;
}
function handler(probe: unknown): string {
  const { httpGet, tcpSocket, exec, grpc } = objectAt(probe);
  return JSON.stringify([httpGet, tcpSocket, exec, grpc]);
}

/** A request or limit of the whole pod (1.34+) counts for each container; a limit is a request when there is none. */
function addResources(facts: TemplateFacts, container: unknown, spec: Json): void {
  const has = (side: 'requests' | 'limits', resource: 'cpu' | 'memory'): boolean =>
    at(container, 'resources', side, resource) !== undefined || at(spec, 'resources', side, resource) !== undefined;
  if (!has('limits', 'cpu')) facts.noCpuLimit += 1;
  if (!has('limits', 'memory')) facts.noMemoryLimit += 1;
  if (!has('requests', 'cpu') && !has('limits', 'cpu')) facts.noCpuRequest += 1;
  if (!has('requests', 'memory') && !has('limits', 'memory')) facts.noMemoryRequest += 1;
}

function addImage(facts: TemplateFacts, container: unknown): void {
  const image = textAt(container, 'image');
  if (image === undefined || image === '') return; // filled in by a webhook
  const { latest, untagged, digest } = imageFacts(image);
  if (latest) facts.imageLatest += 1;
  if (untagged) facts.imageUntagged += 1;
  if (digest) facts.imageDigest += 1;
  const policy = textAt(container, 'imagePullPolicy');
  if ((latest || untagged) && policy !== undefined && policy !== 'Always') facts.pullPolicyMismatch += 1;
}

function addEnvironment(facts: TemplateFacts, container: unknown): void {
  const names = new Set<string>();
  for (const variable of listAt(container, 'env')) {
    const name = textAt(variable, 'name');
    if (name === undefined) continue;
    if (names.has(name)) facts.duplicateEnv += 1;
    names.add(name);
    if (isCredential(name, textAt(variable, 'value'))) facts.credentialEnv += 1;
  }
}
