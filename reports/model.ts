/** The document that every report is written from. Complete in itself: a stored model gives the same report years later. */
import type { AcceptedRisk, CheckText, CheckVerdict, Coverage, ExpiredSuppression, Finding, GathererReport, Score } from '../agent/wire/inspection.ts';
import type { Domain, Reason, Severity } from '../agent/wire/vocabulary.ts';

/** Raised when the meaning of a stored model changes. */
export const REPORT_SCHEMA = 1;

/** A fact, or why it is not there. */
export type Fact<T> = { readonly value: T } | { readonly missing: Reason };

/** Rows of which `total` exist; the model may hold fewer. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** What was looked at. A run without a cluster leaves `cluster` out, and the other way round. */
export interface Subject {
  readonly customer?: string | undefined;
  readonly cluster?: string | undefined;
  readonly host?: string | undefined;
  readonly domains: readonly Domain[];
}

export interface Period {
  /** Begin of the reported period in Unix seconds; left out for a single inspection. */
  readonly from?: number | undefined;
  /** Moment of the data, Unix seconds. */
  readonly asOf: number;
  /** Offset from UTC that times are printed in, in minutes. */
  readonly zoneMinutes: number;
}

export interface Product {
  readonly version: string;
  /** Number of checks in the rule set. */
  readonly checks: number;
  /** SHA-256 of the snapshot, hexadecimal. */
  readonly snapshotSha256: string;
}

/** A check's texts, with the origin of its threshold where the author of the model knew it. */
export interface ReportCheck extends CheckText {
  readonly source?: string | undefined;
}

/** One inspected machine. */
export interface HostFacts {
  readonly name: string;
  readonly system: Fact<SystemFacts>;
  readonly cpu: Fact<CpuFacts>;
  readonly memory: Fact<MemoryFacts>;
  readonly filesystems: Fact<Rows<FilesystemFacts>>;
}
export interface SystemFacts {
  /** Distribution and release, as one version-like text. */
  readonly os?: string | undefined;
  readonly kernel?: string | undefined;
  readonly architecture?: string | undefined;
  readonly platform?: MachinePlatform | undefined;
  readonly uptimeSeconds?: number | undefined;
}
/** What the machine is made of; `by` names hypervisor or container runtime. */
export interface MachinePlatform {
  readonly kind: 'physical' | 'virtual' | 'container';
  readonly by?: string | undefined;
}
export interface CpuFacts {
  readonly cores?: number | undefined;
  readonly busyPercent?: number | undefined;
  readonly iowaitPercent?: number | undefined;
  readonly load5?: number | undefined;
}
export interface MemoryFacts {
  readonly totalBytes?: number | undefined;
  readonly usedPercent?: number | undefined;
  readonly swapUsedBytes?: number | undefined;
}
export interface FilesystemFacts {
  readonly mount: string;
  readonly type?: string | undefined;
  readonly sizeBytes?: number | undefined;
  readonly usedPercent?: number | undefined;
  readonly inodesUsedPercent?: number | undefined;
}

/** What is known of the cluster as a whole. */
export interface ClusterFacts {
  readonly platform: Fact<PlatformFacts>;
  readonly nodes: Fact<Rows<NodeFacts>>;
  readonly controlPlane: Fact<Rows<ComponentFacts>>;
  readonly etcd: Fact<EtcdFacts>;
  readonly addons: Fact<Rows<ComponentFacts>>;
  readonly workloads: Fact<Rows<WorkloadKindFacts>>;
  readonly pods: Fact<PodFacts>;
  readonly storage: Fact<StorageFacts>;
}
export interface PlatformFacts {
  readonly kubernetes?: string | undefined;
  readonly platform?: string | undefined;
  readonly runtime?: string | undefined;
  readonly networkPlugin?: string | undefined;
  readonly namespaces?: number | undefined;
}
export interface NodeFacts {
  readonly name: string;
  readonly controlPlane: boolean;
  readonly ready?: boolean | undefined;
  readonly schedulable?: boolean | undefined;
  readonly kubelet?: string | undefined;
  readonly kernel?: string | undefined;
  readonly os?: string | undefined;
  readonly runtime?: string | undefined;
  readonly cpuMillicores?: number | undefined;
  readonly memoryBytes?: number | undefined;
  readonly pods?: number | undefined;
  readonly podCapacity?: number | undefined;
  readonly cpuRequestPercent?: number | undefined;
  readonly memoryRequestPercent?: number | undefined;
  readonly cpuUsedPercent?: number | undefined;
  readonly memoryUsedPercent?: number | undefined;
}
/** A component of the control plane or an add-on, over all its instances. */
export interface ComponentFacts {
  readonly name: string;
  readonly instances?: number | undefined;
  readonly ready?: number | undefined;
  /** What it says of itself, or whether somebody leads, where instances cannot be counted. */
  readonly healthy?: boolean | undefined;
  /** Changes of the leader since the lease exists. */
  readonly leaderChanges?: number | undefined;
  readonly version?: string | undefined;
}
export interface EtcdFacts {
  readonly members?: number | undefined;
  readonly version?: string | undefined;
  readonly databaseBytes?: number | undefined;
  /** Database as a share of the quota. */
  readonly quotaPercent?: number | undefined;
  /** Unix seconds. */
  readonly newestBackupAt?: number | undefined;
}
export interface WorkloadKindFacts {
  readonly kind: string;
  readonly total: number;
  /** With all wanted replicas available. */
  readonly healthy?: number | undefined;
}
export interface PodFacts {
  readonly total: number;
  readonly running?: number | undefined;
  readonly pending?: number | undefined;
  readonly succeeded?: number | undefined;
  readonly failed?: number | undefined;
  readonly restarts?: number | undefined;
}
export interface StorageFacts {
  readonly claims?: number | undefined;
  readonly claimsPending?: number | undefined;
  readonly claimsLost?: number | undefined;
  readonly volumes?: number | undefined;
}

/** How this inspection differs from the one before. Identity is check + scope, never the value. */
export interface Changes {
  readonly previousAsOf: number;
  readonly previousScore: number | null;
  readonly added: readonly Finding[];
  readonly solved: readonly Finding[];
  /** Findings that were there before and still are. */
  readonly open: number;
}
export interface ScorePoint {
  /** Unix seconds. */
  readonly at: number;
  readonly score: number | null;
}

export interface ReportModel {
  readonly schema: typeof REPORT_SCHEMA;
  readonly subject: Subject;
  readonly period: Period;
  readonly product: Product;
  readonly score: Score;
  readonly coverage: Coverage;
  readonly verdicts: readonly CheckVerdict[];
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedRisk[];
  readonly expired: readonly ExpiredSuppression[];
  readonly gatherers: readonly GathererReport[];
  readonly checks: readonly ReportCheck[];
  readonly hosts: readonly HostFacts[];
  /** Left out when no cluster was inspected. */
  readonly cluster?: ClusterFacts | undefined;
  readonly changes: Fact<Changes>;
  /** Percent of the remaining points that one failing check takes, by severity; for the formula in the appendix. */
  readonly scoreShares?: Readonly<Record<Severity, number>> | undefined;
  /** Earlier scores, oldest first; empty without a history. */
  readonly history: readonly ScorePoint[];
}

/** The value of a fact, or nothing. */
export function known<T>(fact: Fact<T> | undefined): T | undefined {
  return fact && 'value' in fact ? fact.value : undefined;
}
/** Severities from the worst on, for sorting. */
export const SEVERITY_RANK: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };
