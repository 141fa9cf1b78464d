/** What an admission webhook covers, as far as its rules and selectors tell. */
import { type Json, listAt, objectAt, textAt } from '../../../kube/read.ts';
import { isEmpty, parseSelector, selects } from '../workloads/selector.ts';

/** Without these a cluster does not repair itself: workloads, leader election, endpoints. */
const CORE: Readonly<Record<string, readonly string[]>> = {
  '': ['pods', 'endpoints', 'nodes'],
  apps: ['deployments', 'daemonsets', 'statefulsets', 'replicasets'],
  'coordination.k8s.io': ['leases'],
  'discovery.k8s.io': ['endpointslices'],
};

export type Labels = Readonly<Record<string, unknown>>;

export function refusesOnFailure(webhook: unknown): boolean {
  return textAt(webhook, 'failurePolicy') !== 'Ignore'; // v1 defaults to Fail
}

/** Match conditions and object selectors that plain objects do not meet narrow a webhook in a way that is not looked into. */
function isNarrowed(webhook: unknown): boolean {
  return listAt(webhook, 'matchConditions').length > 0 || !selects(parseSelector(objectAt(webhook, 'objectSelector')), {});
}

function resourcesOf(rule: unknown, group: string): readonly string[] {
  const groups = listAt(rule, 'apiGroups');
  if (!groups.includes('*') && !groups.includes(group)) return [];
  const isChange = listAt(rule, 'operations').some((operation) => operation === '*' || operation === 'CREATE' || operation === 'UPDATE');
  return isChange ? listAt(rule, 'resources').filter((resource): resource is string => typeof resource === 'string') : [];
}
function isAny(resource: string): boolean {
  return resource === '*' || resource === '*/*';
}

export function coversEverything(webhook: unknown): boolean {
  if (!refusesOnFailure(webhook) || isNarrowed(webhook) || !isEmpty(parseSelector(objectAt(webhook, 'namespaceSelector')))) return false;
  return listAt(webhook, 'rules').some((rule) => listAt(rule, 'apiGroups').includes('*') && resourcesOf(rule, '*').some(isAny));
}

/** Whether core resources of a namespace with these labels are covered. */
export function coversCore(webhook: unknown, labels: Labels): boolean {
  return covers(webhook, labels, (rule) =>
    Object.entries(CORE).some(([group, plurals]) => resourcesOf(rule, group).some((resource) => isAny(resource) || plurals.includes(resource))),
  );
}
/** Whether pods of a namespace with these labels are covered. */
export function coversPods(webhook: unknown, labels: Labels): boolean {
  return covers(webhook, labels, (rule) => resourcesOf(rule, '').some((resource) => isAny(resource) || resource === 'pods'));
}

function covers(webhook: unknown, labels: Labels, rule: (rule: unknown) => boolean): boolean {
  if (!refusesOnFailure(webhook) || isNarrowed(webhook) || !selects(parseSelector(objectAt(webhook, 'namespaceSelector')), labels)) return false;
  return listAt(webhook, 'rules').some((candidate) => textAt(candidate, 'scope') !== 'Cluster' && rule(candidate));
}

/** Labels of a namespace as selectors see them. */
export function labelsOf(namespace: Json | undefined, name: string): Labels {
  return { 'kubernetes.io/metadata.name': name, ...objectAt(namespace, 'metadata', 'labels') };
}
