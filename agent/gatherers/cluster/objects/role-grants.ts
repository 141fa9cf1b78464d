/** What the rules of a role allow that a security review asks for. */
import { listAt } from '../../../kube/read.ts';
import type { GRANTS } from '../../../wire/sections/cluster/objects-access.ts';

export type Grant = (typeof GRANTS)[number];

function words(rule: unknown, key: string): ReadonlySet<unknown> {
  return new Set(listAt(rule, key));
}

/** One rule of a role, as RBAC reads it: `*` is any, a star before the slash a subresource of any. Rules for named objects are narrow and grant nothing of interest here. */
class Rule {
  readonly #groups: ReadonlySet<unknown>;
  readonly #resources: ReadonlySet<unknown>;
  readonly #verbs: ReadonlySet<unknown>;
  readonly #isNarrow: boolean;

  constructor(rule: unknown) {
    this.#groups = words(rule, 'apiGroups');
    this.#resources = words(rule, 'resources');
    this.#verbs = words(rule, 'verbs');
    this.#isNarrow = listAt(rule, 'resourceNames').length > 0;
  }
  allows(group: string, resource: string, ...verbs: readonly string[]): boolean {
    if (this.#isNarrow || !(this.#groups.has(group) || this.#groups.has('*'))) return false;
    const [, sub] = resource.split('/');
    const reaches = this.#resources.has('*') || this.#resources.has(resource) || (sub !== undefined && this.#resources.has(`*/${sub}`));
    return reaches && (this.#verbs.has('*') || verbs.some((verb) => this.#verbs.has(verb)));
  }
  get allowsEverything(): boolean {
    return !this.#isNarrow && (this.#groups.has('*') || this.#groups.has('')) && this.#resources.has('*') && this.#verbs.has('*');
  }
}

const RBAC = 'rbac.authorization.k8s.io';

/** Grants of a Role or ClusterRole; `other` when nothing dangerous is among them. */
export function grantsOf(role: unknown): readonly Grant[] {
  const found = new Set<Grant>();
  for (const raw of listAt(role, 'rules')) {
    const rule = new Rule(raw);
    if (rule.allowsEverything) found.add('everything');
    if (rule.allows('', 'pods/exec', 'create', 'get') || rule.allows('', 'pods/attach', 'create', 'get')) found.add('exec');
    if (rule.allows('', 'secrets', 'get', 'list', 'watch')) found.add('secrets');
    if (['users', 'groups', 'serviceaccounts'].some((who) => rule.allows('', who, 'impersonate'))) found.add('escalation');
    if (['roles', 'clusterroles'].some((what) => rule.allows(RBAC, what, 'escalate', 'bind'))) found.add('escalation');
    if (rule.allows('', 'nodes/proxy', 'create', 'get', 'update', 'patch', 'delete')) found.add('node-proxy');
    if (rule.allows('', 'serviceaccounts/token', 'create')) found.add('tokens');
  }
  return found.size === 0 ? ['other'] : [...found];
}
