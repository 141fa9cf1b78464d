/** What a service relation consists of, as reports tell it: contract, incidents, clocks, changes, demands, backups, costs. All times are Unix seconds. */
import type { Scope } from '../../agent/wire/inspection.ts';
import type { Locale, Severity, Text } from '../../agent/wire/vocabulary.ts';
import type { Rows } from './fact.ts';

export interface Contact {
  /** Left out where only an address is known. */
  readonly name?: string | undefined;
  readonly role: Text;
  readonly phone?: string | undefined;
  readonly mail?: string | undefined;
}
/** What was agreed; names, numbers and people come from the contract, words from its policy. */
export interface Contract {
  readonly number?: string | undefined;
  readonly provider?: string | undefined;
  readonly policy: Text;
  /** Id and version of the policy file, as incidents pin it. */
  readonly policyId: string;
  readonly tier?: Text | undefined;
  /** Where the policy is from: document and clauses. */
  readonly source?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** IANA name. */
  readonly zone: string;
  readonly contacts: readonly Contact[];
  readonly services: readonly ServiceItem[];
  /** What the clocks promise, for the SLA table. */
  readonly goals: readonly ServiceGoal[];
  /** What the contract leaves out. */
  readonly exclusions: readonly Text[];
}
export interface ServiceItem {
  readonly text: Text;
  readonly every?: 'workday' | 'day' | 'week' | 'month' | 'quarter' | 'half-year' | 'on-request' | undefined;
  readonly included: boolean;
}
/** Clocks of a contract, by the policy's own names. */
export const CLOCK_NAMES = ['respond', 'rescue', 'arrive', 'call-back', 'action-plan', 'update', 'resolve', 'notify'] as const;
export interface ServiceGoal {
  readonly level: number;
  readonly levelLabel: Text;
  /** One of `CLOCK_NAMES`, or a newer one that is printed as it stands. */
  readonly clock: string;
  /** `30 分钟（7×24）`. */
  readonly goal: Text;
}

export const INCIDENT_STATES = ['open', 'acknowledged', 'in-progress', 'on-hold', 'recovering', 'suppressed', 'resolved', 'closed', 'cancelled'] as const;
/** A clock of one incident. */
export interface ClockRecord {
  readonly clock: string;
  readonly state: 'running' | 'paused' | 'met' | 'breached' | 'cancelled';
  /** When it was due, in the contract's coverage. */
  /** Of updates, which fall due again and again: how often the customer was told; the times are those of the longest wait for one. */
  readonly updates?: number | undefined;
  readonly dueAt?: number | undefined;
  /** When what it waits for was done, Unix seconds; left out while it still runs. */
  readonly stoppedAt?: number | undefined;
  /** Seconds of service time that it took, or has taken. */
  readonly takenSeconds?: number | undefined;
  /** Seconds of service time that it may take. */
  readonly goalSeconds?: number | undefined;
}
export interface TimelineEntry {
  readonly at: number;
  /** Who: a person, or the part of the system. */
  readonly by: string;
  readonly text: Text;
}
/** An incident or a problem, from its event log. */
export interface IncidentRecord {
  readonly number: string;
  /** 1 is the worst. Labels differ: 1级, P1, 一级; they never follow from a check's severity alone. */
  readonly level: number;
  readonly levelLabel: Text;
  readonly severity: Severity;
  readonly source: 'monitoring' | 'customer' | 'support' | 'api';
  /** Id of check or alert; left out when a person opened it. */
  readonly rule?: string | undefined;
  readonly ruleVersion?: string | undefined;
  readonly title: Text;
  readonly scope?: Scope | undefined;
  readonly state: (typeof INCIDENT_STATES)[number];
  readonly openedAt: number;
  readonly acknowledgedAt?: number | undefined;
  readonly resolvedAt?: number | undefined;
  readonly closedAt?: number | undefined;
  readonly assignee?: string | undefined;
  readonly reportedBy?: string | undefined;
  readonly clocks: readonly ClockRecord[];
  readonly timeline: readonly TimelineEntry[];
  /** Why it was closed, in the policy's words. */
  readonly closure?: Text | undefined;
  /** Written by people; small Markdown. */
  readonly impact?: string | undefined;
  readonly cause?: string | undefined;
  readonly solution?: string | undefined;
  readonly actions?: readonly ImprovementAction[] | undefined;
}
export interface ImprovementAction {
  readonly text: string;
  readonly owner?: string | undefined;
  readonly dueAt?: number | undefined;
  readonly done?: boolean | undefined;
}
/** How often a clock was met in the period. Clocks that still run count in neither. */
export interface Attainment {
  readonly level: number;
  readonly levelLabel: Text;
  readonly clock: string;
  readonly met: number;
  readonly total: number;
}
/** Who solves a risk until when, where both sides agreed on it. */
export interface RemedyPlan {
  readonly check: string;
  readonly owner?: string | undefined;
  readonly dueAt?: number | undefined;
  readonly state: 'proposed' | 'agreed' | 'in-progress' | 'done' | 'accepted';
  readonly rollback?: string | undefined;
}

/** A planned window and what became of it. */
export interface ChangeRecord {
  readonly number: string;
  /** A planned window that was entered without a number of its own: `number` is the system's mark of it, under which its result is registered. */
  readonly isUnnumbered?: true | undefined;
  readonly title: string;
  readonly kind?: string | undefined;
  readonly requestedBy?: string | undefined;
  readonly approvedBy?: string | undefined;
  readonly from: number;
  readonly until: number;
  readonly scope?: Scope | undefined;
  /** What it is about, in the words of another system. */
  readonly object?: string | undefined;
  readonly steps?: string | undefined;
  readonly rollback?: string | undefined;
  readonly executor?: string | undefined;
  /** `unrecorded`: its window is over, and nobody wrote down what came of it. */
  readonly result: 'planned' | 'running' | 'done' | 'failed' | 'rolled-back' | 'cancelled' | 'overrun' | 'unrecorded';
  readonly impact?: string | undefined;
}
export interface DemandRecord {
  readonly number: string;
  readonly raisedAt: number;
  readonly raisedBy?: string | undefined;
  readonly kind: 'feature' | 'performance' | 'experience' | 'other';
  readonly text: string;
  readonly value?: string | undefined;
  readonly priority?: 'high' | 'medium' | 'low' | undefined;
  readonly plannedFor?: string | undefined;
  readonly state: 'received' | 'reviewing' | 'planned' | 'in-progress' | 'done' | 'declined';
}
export interface BackupRecord {
  readonly name: string;
  /** `etcd`, `velero`, `mysql` … */
  readonly kind: string;
  readonly schedule?: string | undefined;
  readonly retention?: string | undefined;
  readonly newestAt?: number | undefined;
  readonly sizeBytes?: number | undefined;
  readonly durationSeconds?: number | undefined;
  readonly succeeded?: number | undefined;
  readonly failed?: number | undefined;
  /** Copies that are there now: how many were kept, not how many succeeded. */
  readonly kept?: number | undefined;
  readonly offsite?: boolean | undefined;
  readonly encrypted?: boolean | undefined;
  readonly restoreTestedAt?: number | undefined;
}

/** What resources cost. Without prices everything is told in resources alone. */
export interface Costs {
  readonly prices?: Prices | undefined;
  readonly requestedMillicores: number;
  readonly usedMillicores?: number | undefined;
  readonly allocatableMillicores?: number | undefined;
  readonly requestedBytes: number;
  readonly usedBytes?: number | undefined;
  readonly allocatableBytes?: number | undefined;
  /** Left out where the use of nodes was not measured: then nobody knows which are idle. */
  readonly idleNodes?: readonly IdleNode[] | undefined;
  /** Left out where volumes were not read. */
  readonly orphanedVolumes?: readonly OrphanedVolume[] | undefined;
  /** What workloads ask for, the largest first; left out where agents do not tell it. */
  readonly workloads?: Rows<WorkloadCost> | undefined;
  /** What all workloads together ask for on nodes, where their list is whole: told beside the sum of the nodes, which it must not differ from. */
  readonly askedByWorkloads?: { readonly millicores: number; readonly bytes: number } | undefined;
  /** Measurements behind the use of workloads. */
  readonly usageSamples?: number | undefined;
  /** Inspections of the period that they were drawn from, evenly; as many where all were used. */
  readonly usageInspections?: number | undefined;
  /** Left out where the use of workloads was not measured. */
  readonly oversized?: readonly OversizedWorkload[] | undefined;
}
/** Use is the 95th percentile of what was measured in the period: of fewer than twenty measurements the highest. */
export interface WorkloadCost {
  readonly namespace: string;
  readonly kind?: string | undefined;
  readonly name: string;
  readonly pods?: number | undefined;
  readonly requestedMillicores: number;
  readonly requestedBytes: number;
  readonly usedMillicores?: number | undefined;
  readonly usedBytes?: number | undefined;
}
/** Of the collector's configuration or a customer's own, per month. */
export interface Prices {
  readonly currency: string;
  readonly perCore: number;
  readonly perGibMemory: number;
  readonly perGibStorage: number;
  readonly source?: string | undefined;
}
export interface IdleNode {
  readonly name: string;
  readonly millicores: number;
  readonly bytes: number;
  readonly requestedPercent?: number | undefined;
  readonly usedPercent?: number | undefined;
}
export interface OrphanedVolume {
  readonly name: string;
  readonly storageClass?: string | undefined;
  readonly bytes: number;
  readonly since?: number | undefined;
}
/** Asks for far more than it uses, of CPU or of memory: `oversizedIn` says of which. */
export interface OversizedWorkload {
  readonly namespace: string;
  readonly name: string;
  readonly requestedMillicores: number;
  readonly usedMillicores: number;
  readonly requestedBytes: number;
  readonly usedBytes: number;
}

/** A line of the contract's division of work. R: responsible, S: supports. */
export interface Responsibility {
  readonly text: Text;
  readonly provider?: 'R' | 'S' | undefined;
  readonly customer?: 'R' | 'S' | undefined;
}
/** Where a chapter written by people goes. */
export const AUTHORED_PLACES = [
  'scope',
  'architecture',
  'health',
  'risks',
  'performance',
  'security',
  'recommendations',
  'os-recommendations',
  'acceptance',
  'requests',
  'next',
  'feedback',
  'remarks',
] as const;
export interface AuthoredPart {
  readonly place: (typeof AUTHORED_PLACES)[number];
  /** Left out, reports of every language have it; else only those, unless there is no other for the place. */
  readonly lang?: Locale | undefined;
  /** Small Markdown: paragraphs, headings, lists, tables, code, emphasis. HTML is printed as text. */
  readonly markdown: string;
  readonly author?: string | undefined;
  readonly at?: number | undefined;
}
export interface Revision {
  readonly version: string;
  readonly at: number;
  readonly by: string;
  readonly reviewedBy?: string | undefined;
  readonly note: Text;
}
/** Customer's confirmation of a sent report; contracts give 7 days. */
export interface Confirmation {
  readonly state: 'waiting' | 'confirmed' | 'overdue';
  readonly sentAt: number;
  readonly dueAt: number;
  readonly confirmedAt?: number | undefined;
  readonly by?: string | undefined;
}
