/** Disruption budgets and autoscalers, reduced to what matching them with workloads needs. */
import type { Cluster } from '../../../kube/cluster.ts';
import { at, type Json, nameOf, namespaceOf, numberAt, textAt } from '../../../kube/read.ts';
import { HORIZONTAL_POD_AUTOSCALERS, POD_DISRUPTION_BUDGETS } from '../../../kube/resources.ts';
import { isEmpty, parseSelector, type Selector, selects } from './selector.ts';
import { sideList } from './side-list.ts';

/** Budgets and autoscalers kept; with more of them nothing is said about either. */
const MOST = 10_000;

interface Budget {
  readonly selector: Selector;
  /** `minAvailable`: pods, or a share of them 0–1. */
  readonly minimum: { readonly pods: number } | { readonly share: number } | undefined;
}

export class Protection {
  readonly #budgets: ReadonlyMap<string, readonly Budget[]> | undefined;
  readonly #autoscalers: ReadonlyMap<string, number> | undefined;

  constructor(budgets: ReadonlyMap<string, readonly Budget[]> | undefined, autoscalers: ReadonlyMap<string, number> | undefined) {
    this.#budgets = budgets;
    this.#autoscalers = autoscalers;
  }

  static async read(cluster: Cluster, signal: AbortSignal): Promise<Protection> {
    const budgets = await sideList(new Map(), () => readBudgets(cluster, signal));
    const autoscalers = await sideList(new Map(), () => readAutoscalers(cluster, signal));
    return new Protection(budgets, autoscalers);
  }

  /** Least replicas of the autoscaler of a workload, `none` without one, `undefined` when autoscalers are not known. */
  autoscalerMinimum(kind: string, namespace: string, name: string): number | 'none' | undefined {
    return this.#autoscalers && (this.#autoscalers.get(`${kind}/${namespace}/${name}`) ?? 'none');
  }

  /** Budgets that select a template, and the most replicas that one of them wants to stay of `replicas`; `undefined` when budgets are not known. */
  budgets(namespace: string, labels: Json, replicas: number): { readonly count: number; readonly minimum: number | undefined } | undefined {
    if (!this.#budgets) return undefined;
    const matching = (this.#budgets.get(namespace) ?? []).filter(({ selector }) => selects(selector, labels));
    const minima = matching.flatMap(({ minimum }) => (minimum === undefined ? [] : ['pods' in minimum ? minimum.pods : Math.ceil(minimum.share * replicas)]));
    return { count: matching.length, minimum: minima.length === 0 ? undefined : Math.max(...minima) };
  }
}

async function readBudgets(cluster: Cluster, signal: AbortSignal): Promise<Map<string, Budget[]> | undefined> {
  const budgets = new Map<string, Budget[]>();
  const version = await cluster.servedVersion(POD_DISRUPTION_BUDGETS, signal);
  let count = 0;
  for await (const object of cluster.list(POD_DISRUPTION_BUDGETS, signal)) {
    if (++count > MOST) return undefined;
    const selector = parseSelector(at(object, 'spec', 'selector'));
    if (at(object, 'spec', 'selector') === undefined || (version === 'v1beta1' && isEmpty(selector))) continue; // selects nothing there
    const namespace = namespaceOf(object);
    const budget = { selector, minimum: minimumOf(at(object, 'spec', 'minAvailable')) };
    const others = budgets.get(namespace);
    if (others) others.push(budget);
    else budgets.set(namespace, [budget]);
  }
  return budgets;
}
function minimumOf(minAvailable: unknown): Budget['minimum'] {
  if (typeof minAvailable === 'number') return { pods: minAvailable };
  const percent = typeof minAvailable === 'string' ? /^(\d{1,3})%$/.exec(minAvailable)?.[1] : undefined;
  return percent === undefined ? undefined : { share: Number(percent) / 100 };
}

async function readAutoscalers(cluster: Cluster, signal: AbortSignal): Promise<Map<string, number> | undefined> {
  const autoscalers = new Map<string, number>();
  for await (const object of cluster.list(HORIZONTAL_POD_AUTOSCALERS, signal)) {
    if (autoscalers.size >= MOST) return undefined;
    const kind = textAt(object, 'spec', 'scaleTargetRef', 'kind') ?? '';
    const name = textAt(object, 'spec', 'scaleTargetRef', 'name') ?? nameOf(object);
    autoscalers.set(`${kind}/${namespaceOf(object)}/${name}`, numberAt(object, 'spec', 'minReplicas') ?? 1);
  }
  return autoscalers;
}
