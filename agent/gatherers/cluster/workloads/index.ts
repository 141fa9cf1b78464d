import type { Gatherer } from '../../gatherer.ts';
import { autoscalers } from './autoscalers.ts';
import { disruptionBudgets } from './disruption-budgets.ts';
import { jobs } from './jobs.ts';
import { pods } from './pods.ts';
import { replicaSets } from './replica-sets.ts';
import { workloadUsage } from './workload-usage.ts';
import { workloads } from './workloads.ts';

export const CLUSTER_WORKLOADS_GATHERERS: readonly Gatherer[] = [pods, workloads, jobs, autoscalers, disruptionBudgets, replicaSets, workloadUsage];
