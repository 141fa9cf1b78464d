/** What the incident machine asks of a contract, answered by the support policies: which contract counts, and what it says. */
import { AppError } from './errors.ts';
import type { RulesFor, SupportRules } from './incidents/rules.ts';
import type { Db } from './store/database.ts';
import { type Contract, contractInForce, contractOfCustomer, findCluster, findContract, findCustomer } from './store/fleet-store.ts';
import { clocksOf } from './support/clocks.ts';
import { dutiesOf } from './support/duties.ts';
import { levelFor } from './support/level.ts';
import type { Policies } from './support/policies.ts';
import { PolicyError } from './support/policy-error.ts';
import { type SupportTerms, termsOf } from './support/terms.ts';
import { isZone } from './support/zone.ts';

export interface RulesOptions {
  readonly policies: Policies;
  /** `policy/tier` of customers without a contract. */
  readonly defaultPolicy: string;
  readonly now: () => number;
  /** A pinned version is not there any more, or a contract's changes do not fit it; what counts instead. */
  readonly onFallback?: ((wanted: string, used: string) => void) | undefined;
}
const DAY_MS = 86_400_000;
/** Where the policies' countries are. */
const USUAL_ZONE = 'Asia/Shanghai';
const MOST_TERMS = 1_000;

/** Terms are computed once for each policy, tier, zone and contract's changes. */
export class ContractRules {
  readonly #options: RulesOptions;
  readonly #known = new Map<string, SupportTerms>();
  constructor(options: RulesOptions) {
    this.#options = options;
  }

  readonly rulesFor: RulesFor = async (db, subject) => {
    const { terms, contract } = await this.termsFor(db, subject);
    return { rules: rulesOf(terms), contractId: contract?.id ?? null };
  };

  /** The terms behind an incident; `policy` is the one that it is pinned to. */
  async termsFor(
    db: Db,
    { customerId, clusterId, contractId, policy }: Parameters<RulesFor>[1],
  ): Promise<{ readonly terms: SupportTerms; readonly contract: Contract | undefined }> {
    const { now, defaultPolicy } = this.#options;
    const customer = await findCustomer(db, 'all', customerId);
    const cluster = clusterId === null ? undefined : await findCluster(db, 'all', clusterId);
    const contract = contractId
      ? await findContract(db, 'all', contractId)
      : cluster
        ? await contractInForce(db, cluster.id, now())
        : await contractOfCustomer(db, customerId, now());
    // A zone that this system cannot count in (any more) loses no incident either.
    const zone = [cluster?.zone, customer?.zone].find((one) => typeof one === 'string' && isZone(one)) ?? USUAL_ZONE;
    const inForce = contract ? `${contract.policyId}/${contract.tier}@${contract.policyVersion}` : defaultPolicy;
    const overrides = policy === undefined || samePolicy(policy, inForce) ? (contract?.overrides ?? {}) : {};
    return { terms: this.#terms(policy ?? inForce, zone, overrides), contract };
  }

  /** @throws PolicyError only when not even the default policy is there */
  #terms(ref: string, zone: string, overrides: unknown): SupportTerms {
    const { policies } = this.#options;
    // A rule pack may bring others.
    const key = JSON.stringify([ref, zone, overrides, policies.holidays.revision, policies.all.length]);
    const known = this.#known.get(key);
    if (known) return known;
    const terms = this.#firstThatFits(ref, zone, overrides);
    if (this.#known.size >= MOST_TERMS) this.#known.clear();
    this.#known.set(key, terms);
    return terms;
  }

  /** Pinned version; its newest; without the contract's changes; the default. An incident is never lost for a policy. */
  #firstThatFits(ref: string, zone: string, overrides: unknown): SupportTerms {
    const { policies, defaultPolicy, onFallback } = this.#options;
    const unversioned = ref.split('@')[0] ?? ref;
    const tries: readonly (readonly [string, unknown])[] = [
      [ref, overrides],
      [unversioned, overrides],
      [unversioned, {}],
    ];
    for (const [index, [wanted, changes]] of tries.entries()) {
      try {
        const terms = termsOf(policies, { ...parseRef(wanted), zone, overrides: changes });
        if (index > 0) onFallback?.(ref, terms.ref);
        return terms;
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
      }
    }
    const terms = termsOf(policies, { ...parseRef(defaultPolicy), zone });
    onFallback?.(ref, terms.ref);
    return terms;
  }
}

/** @throws AppError `invalid` that names every fault of a contract's policy, tier, version and changes */
export function checkContractWith(policies: Policies): (contract: Pick<Contract, 'policyId' | 'tier' | 'policyVersion' | 'overrides'>) => void {
  return ({ policyId, tier, policyVersion, overrides }) => {
    try {
      termsOf(policies, { policyId, tier, version: policyVersion, zone: USUAL_ZONE, overrides });
    } catch (error) {
      if (error instanceof PolicyError) throw new AppError('invalid', error.message.slice(0, 500), { cause: error });
      throw error;
    }
  };
}

function rulesOf(terms: SupportTerms): SupportRules {
  const { closing, periods } = terms.policy;
  return {
    ref: terms.ref,
    levels: [...terms.levels.keys()],
    levelFor: ({ severity, rule, kind, beyondChange }) => levelFor(terms, { severity, rule, incidentKind: kind, duringPlannedChange: beyondChange ? 'beyond' : undefined }),
    isFault: (rule) => terms.policy.mapping.rules.some(({ rules }) => rules.includes(rule)),
    clocksOf: (events, now) => clocksOf(terms, events, now),
    dutiesOf: (events, now) => dutiesOf(terms, events, now),
    // As long as it would wait for the customer's answer: after that the customer's word is a new incident.
    reopenWindowMs: closing.solution.days * DAY_MS,
    autoResolve: true,
    changeNoticeMs: (periods.find(({ id }) => id === 'change-notice')?.length.days ?? 0) * DAY_MS,
  };
}

function samePolicy(one: string, other: string): boolean {
  return one.split('@')[0] === other.split('@')[0];
}
/** `daocloud/advanced@1` */
function parseRef(ref: string): { readonly policyId: string; readonly tier: string; readonly version?: number | undefined } {
  const [name = '', version] = ref.split('@');
  const [policyId = '', tier = ''] = name.split('/');
  return { policyId, tier, ...(version !== undefined && { version: Number(version) }) };
}
