/** Which troubles explain others: while one holds, those behind it are told as inhibited. */
import type { Scope } from '../wire/inspection.ts';

/** What a trouble is about, as far as inhibition asks. */
export interface Subject {
  readonly check: string;
  readonly scope: Scope;
  /** Nodes that it runs on, when they are known and not in its scope. */
  readonly nodes?: readonly string[] | undefined;
}

interface ParentRule {
  readonly check: string;
  hides(parent: Scope, child: Subject): boolean;
}

const onNode = (parent: Scope, { scope, nodes }: Subject): boolean => {
  const node = parent.kind === 'Node' ? parent.name : parent.node;
  if (node === undefined) return false;
  if (scope.node === node || (scope.kind === 'Node' && scope.name === node)) return true;
  return nodes !== undefined && nodes.length > 0 && nodes.every((one) => one === node);
};
const only =
  (...checks: readonly string[]) =>
  (parent: Scope, child: Subject): boolean =>
    checks.includes(child.check) && onNode(parent, child);

/** From the root downwards: none is hidden by one that stands below it. */
const PARENTS: readonly ParentRule[] = [
  { check: 'control-plane-api-unreachable', hides: () => true }, // the state of a cluster's agent holds what it saw through that server
  { check: 'node-unreachable', hides: onNode },
  { check: 'node-not-ready', hides: onNode },
  { check: 'kubelet-not-running', hides: only('kubelet-unhealthy', 'kubelet-restart-pending', 'service-unit-failed') },
  { check: 'kubelet-runtime-silent', hides: only('kubelet-unhealthy') },
  { check: 'network-dns-down', hides: (_, { check }) => check === 'network-dns-endpoints-missing' || check === 'network-dns-replicas-unready' },
];
const RANKS: ReadonlyMap<string, number> = new Map(PARENTS.map(({ check }, rank) => [check, rank]));

/** Place of a check among the parents, 0 = root; `undefined` when it explains nothing. */
export function parentRank(check: string): number | undefined {
  return RANKS.get(check);
}

/** Whether the trouble `parent` explains `child`. */
export function hides(parent: Subject, child: Subject): boolean {
  const rank = RANKS.get(parent.check);
  if (rank === undefined || rank >= (RANKS.get(child.check) ?? PARENTS.length)) return false;
  return PARENTS[rank]?.hides(parent.scope, child) ?? false;
}
