/** What only a stored period can tell: comparison with the report before, trends, forecasts, dates to come. All times are Unix seconds. */
import type { Finding } from '../../agent/wire/inspection.ts';
import type { Reason, Severity, Unit } from '../../agent/wire/vocabulary.ts';

/** How a finding stands beside the previous report. Identity is check + scope, never the value. */
export const STANDINGS = ['new', 'worse', 'open', 'better', 'gone'] as const;
export type Standing = (typeof STANDINGS)[number];
/** A finding with its history. `gone`: was in the previous report, and the check answers now without it. */
export interface ComparedFinding {
  readonly finding: Finding;
  readonly standing: Standing;
  readonly firstSeenAt: number;
  /** Left out for those that are still there. */
  readonly goneAt?: number | undefined;
  /** Reports in a row that carry it, this one included; 2 and more make the grade worse (a risk nobody solves). */
  readonly reports: number;
  /**
   * When the first report in a row that carries it, at this severity or a worse one, was made: from then on its term runs. Left out where no report
   * carried it before this one, and by documents of earlier releases.
   */
  readonly reportedAt?: number | undefined;
}
export interface Comparison {
  readonly previousAsOf: number;
  readonly previousScore: number | null;
  readonly findings: readonly ComparedFinding[];
}

/** One inspection of the period. */
export interface RunRecord {
  readonly at: number;
  readonly score: number | null;
  /** Percent. */
  readonly coverage: number;
  /** Open findings by severity. */
  readonly findings: Readonly<Record<Severity, number>>;
  readonly added: number;
  readonly solved: number;
}

/** What a series measures; reports word it. `value` series of middleware carry their own `name`. */
export const SERIES = ['cpu', 'memory', 'disk', 'inodes', 'pods', 'etcd-database', 'api-latency', 'etcd-fsync', 'network', 'log-errors', 'availability'] as const;
export type SeriesKind = (typeof SERIES)[number];
export interface Trend {
  /** Stable over reports, e.g. `disk/worker-07//data`. */
  readonly id: string;
  readonly kind: SeriesKind;
  /** Node, mount, instance … that it is about; empty for the whole cluster. */
  readonly name: string;
  readonly unit: Unit;
  /** Oldest first, at most one a day; `null` where nothing was measured. */
  readonly points: readonly { readonly at: number; readonly value: number | null }[];
  /** Value that must not be passed, in `unit`: the first level of the check that watches it. */
  readonly limit?: number | undefined;
  /** From where on that check calls it critical. Documents of earlier releases have none. */
  readonly criticalLimit?: number | undefined;
  /** Who measured it. Documents of earlier releases do not tell. */
  readonly source?: 'host' | 'metrics-server' | undefined;
}
/** When a series reaches its limit, if it goes on in its present course. */
export interface Forecast {
  readonly id: string;
  readonly kind: SeriesKind;
  readonly name: string;
  readonly unit: Unit;
  readonly current: number;
  readonly limit: number;
  /** From where on the check that watches it calls it critical. */
  readonly criticalLimit?: number | undefined;
  /** As of the series. */
  readonly source?: Trend['source'];
  /** Begin of the present course, when the series changed it within the period; left out when the whole period is one course. */
  readonly since?: number | undefined;
  /** Days of the course: what slope and confidence are read from. Documents of earlier releases do not tell it. */
  readonly days?: number | undefined;
  /** Change per day in `unit`; left out when unknown. */
  readonly slopePerDay?: number | undefined;
  /** Days until the limit; left out when it is not reached within a year or unknown. */
  readonly daysToLimit?: number | undefined;
  /** `high`: 60 days or more of the course and R² ≥ 0.8; `medium`: 14 days and R² ≥ 0.5; `low` otherwise. */
  readonly confidence: 'high' | 'medium' | 'low';
  /** Why there is no forecast. */
  readonly unknown?: Reason | 'too-few-points' | 'no-trend' | 'stepped' | undefined;
}

/** A date that somebody must act before. */
export interface CalendarEntry {
  readonly kind: 'certificate' | 'lifecycle' | 'license' | 'backup' | 'contract' | 'acceptance';
  readonly name: string;
  readonly dueAt: number;
  /** What is due, in the source's own words: a version, a certificate's purpose. */
  readonly note?: string | undefined;
  /** Where the date is from: a lifecycle table and its day, a certificate. */
  readonly source?: string | undefined;
}

/** One row of a lifecycle table: what is in use and until when it is supported. */
export interface LifecycleEntry {
  /** Left out: platform and operating systems. */
  readonly of?: 'middleware' | undefined;
  readonly product: string;
  readonly version: string;
  /** Number of objects (nodes, instances) that run it. */
  readonly inUse: number;
  readonly releasedAt?: number | undefined;
  readonly endOfSupportAt?: number | undefined;
  /** When {@link endOfSupportAt} is the end of LTS or extended support: when the regular support ends or ended. */
  readonly regularSupportEndsAt?: number | undefined;
  /** Release to go to; left out where none is known. */
  readonly advised?: string | undefined;
  /** Empty where no date is known. */
  readonly source: string;
  /** Day of the table. */
  readonly sourceAt: number;
}

/** How one namespace stands. */
export interface NamespaceHealth {
  readonly name: string;
  readonly workloads: number;
  readonly healthyWorkloads?: number | undefined;
  /** Left out where the inspection's list was cut before it. */
  readonly pods?: number | undefined;
  readonly restarts?: number | undefined;
  readonly findings: Readonly<Record<Severity, number>>;
  readonly cpuRequestMillicores?: number | undefined;
  readonly cpuUsedMillicores?: number | undefined;
  readonly memoryRequestBytes?: number | undefined;
  readonly memoryUsedBytes?: number | undefined;
}
