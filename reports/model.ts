/** The document that every report is written from. Complete in itself: a stored model gives the same report years later. */

import type { AcceptedRisk, CheckText, CheckVerdict, Coverage, ExpiredSuppression, Finding, GathererReport, Score } from '../agent/wire/inspection.ts';
import type { Domain, Severity, Text, Unit } from '../agent/wire/vocabulary.ts';
import type { NodeDifferences } from './facts/differences.ts';
import type { Fact, Rows } from './facts/fact.ts';
import type { AdvisoryFacts, CheckGroup, MiddlewareInstance, NodeSystem, PackageVersions } from './facts/middleware.ts';
import type { CalendarEntry, Comparison, Forecast, LifecycleEntry, NamespaceHealth, RunRecord, Trend } from './facts/period.ts';
import type {
  Attainment,
  AuthoredPart,
  BackupRecord,
  ChangeRecord,
  Confirmation,
  Contract,
  Costs,
  DemandRecord,
  IncidentRecord,
  RemedyPlan,
  Responsibility,
  Revision,
} from './facts/service.ts';
import type { SignOffState } from './facts/sign-off.ts';

/** Raised when the meaning of a stored model changes. */
export const REPORT_SCHEMA = 1;

export type { Fact, Rows } from './facts/fact.ts';

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
  /** End of the reported period; left out where it is the moment of the data. */
  readonly to?: number | undefined;
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
  /** Version of the rule set (checks and thresholds), where it differs from the program's. */
  readonly rules?: string | undefined;
}

/** A check's texts, with the origin of its threshold where the author of the model knew it. */
export interface ReportCheck extends CheckText {
  /** What breaks for whom; documents made before every check said so have none. */
  readonly why?: Text | undefined;
  readonly source?: string | undefined;
  /** Version of the rule set in which it last changed. */
  readonly version?: string | undefined;
  /** Checks of middleware: the part of a TongTech health check that it belongs to. */
  readonly group?: CheckGroup | undefined;
  /** The limit that a warning crosses, in {@link unit}; left out where there is no one number or word. */
  readonly limit?: number | string | boolean | undefined;
  readonly unit?: Unit | undefined;
}

/** One inspected machine. */
export interface HostFacts {
  readonly name: string;
  readonly system: Fact<SystemFacts>;
  readonly cpu: Fact<CpuFacts>;
  readonly memory: Fact<MemoryFacts>;
  readonly filesystems: Fact<Rows<FilesystemFacts>>;
  /** Kernel parameters and limits that the roles of the machine ask for; left out by models made before there were any. */
  readonly parameters?: Fact<Rows<ParameterFacts>> | undefined;
}
export interface ParameterFacts {
  /** As `sysctl` spells it; `nofile`, `nproc`: limits of processes. */
  readonly parameter: string;
  /** Roles of the machine that ask for it; `any`: every machine. */
  readonly askedBy: readonly string[];
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly observed?: number | string | undefined;
  readonly unit: Unit;
  /** `exempt`: set on purpose by a profile of tuned, or exempted by the site. */
  readonly verdict: 'pass' | 'fail' | 'exempt' | 'unknown';
  readonly severity: Severity;
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
  /** The inspection was stopped before everything was read. */
  readonly interrupted?: true | undefined;
  /** A customer filled a form in: nothing was gathered. `by`: who, as the form says. */
  readonly selfCheck?: { readonly by?: string | undefined } | undefined;
  readonly score: Score;
  readonly coverage: Coverage;
  readonly verdicts: readonly CheckVerdict[];
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedRisk[];
  readonly expired: readonly ExpiredSuppression[];
  readonly gatherers: readonly GathererReport[];
  readonly checks: readonly ReportCheck[];
  readonly hosts: readonly HostFacts[];
  /** The inspections of the period are kept no longer: told from findings and daily numbers; `coverage` has its share alone. */
  readonly recalled?: boolean | undefined;
  /** Left out when no cluster was inspected. */
  readonly cluster?: ClusterFacts | undefined;
  readonly changes: Fact<Changes>;
  /** Percent of the remaining points that one failing check takes, by severity; for the formula in the appendix. */
  readonly scoreShares?: Readonly<Record<Severity, number>> | undefined;
  /** Earlier scores, oldest first; empty without a history. */
  readonly history: readonly ScorePoint[];

  // What only a collector knows. Left out: a single inspection; `missing`: asked for and not there, so a report says why.
  /** Each finding beside the previous report, with its age. More than `changes` tells, and preferred to it. */
  readonly comparison?: Fact<Comparison> | undefined;
  /** Where there is no report to compare with: since when each failing check has been seen (its oldest finding, Unix seconds). */
  readonly firstSeen?: Readonly<Record<string, number>> | undefined;
  /** By check: since when reports, of whatever kind, have told its worst findings (Unix seconds). */
  readonly toldSince?: Readonly<Record<string, number>> | undefined;
  /** The inspections of the period, oldest first. */
  readonly runs?: Fact<readonly RunRecord[]> | undefined;
  readonly trends?: Fact<readonly Trend[]> | undefined;
  readonly forecasts?: Fact<readonly Forecast[]> | undefined;
  /** Dates to come, soonest first. */
  readonly calendar?: Fact<Rows<CalendarEntry>> | undefined;
  readonly lifecycles?: Fact<readonly LifecycleEntry[]> | undefined;
  readonly namespaces?: Fact<Rows<NamespaceHealth>> | undefined;
  /** Incidents that were open in the period (levels 1 to 3), newest first. */
  readonly incidents?: Fact<Rows<IncidentRecord>> | undefined;
  /** Problems and questions (levels 4 and 5, or what the policy calls so), newest first. */
  readonly problems?: Fact<Rows<IncidentRecord>> | undefined;
  readonly attainment?: Fact<readonly Attainment[]> | undefined;
  readonly changeRecords?: Fact<Rows<ChangeRecord>> | undefined;
  readonly demands?: Fact<Rows<DemandRecord>> | undefined;
  readonly backups?: Fact<Rows<BackupRecord>> | undefined;
  readonly costs?: Fact<Costs> | undefined;
  readonly contract?: Contract | undefined;
  readonly middleware?: Fact<Rows<MiddlewareInstance>> | undefined;
  /** What nodes of a cluster do not have alike; left out where fewer than two were read. */
  readonly differences?: Fact<NodeDifferences> | undefined;
  readonly systems?: Fact<Rows<NodeSystem>> | undefined;
  /** Packages that advisories are about, by version. */
  readonly packages?: Fact<Rows<PackageVersions>> | undefined;
  readonly advisories?: Fact<AdvisoryFacts> | undefined;
  readonly responsibilities?: readonly Responsibility[] | undefined;
  readonly plans?: readonly RemedyPlan[] | undefined;
  /** Parts that people wrote; merged into the chapters they name. */
  readonly authored?: readonly AuthoredPart[] | undefined;
  /** Oldest first; left out, the report is its first version. */
  readonly revisions?: readonly Revision[] | undefined;
  readonly confirmation?: Confirmation | undefined;
  /** What both sides said about a finished report; in its sign-off page alone. */
  readonly signOff?: SignOffState | undefined;
}

/** The value of a fact, or nothing. */
export function known<T>(fact: Fact<T> | undefined): T | undefined {
  return fact && 'value' in fact ? fact.value : undefined;
}
/** Severities from the worst on, for sorting. */
export const SEVERITY_RANK: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };
