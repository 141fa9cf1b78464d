/** Middleware instances and operating systems, as their vendors' reports list them. */
import type { Answerer, Product, Reach } from '../../agent/wire/sections/middleware/products.ts';
import type { Reason, Severity, Text, Unit, Verdict } from '../../agent/wire/vocabulary.ts';

/**
 * The four parts of a TongTech health check: ① platform (OS, patches, kernel parameters), ② resources (disk, CPU, memory,
 * bandwidth), ③ load and performance, ④ key configuration and system log.
 */
export const CHECK_GROUPS = ['platform', 'resources', 'load', 'configuration', 'log'] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];

/** One line of an instance: what was read, what it should be, what follows. */
export interface MiddlewareItem {
  readonly group: CheckGroup;
  /** Name of the item in the product's own words: `maxThreads`, `-Xmx`, `oom-heap`. */
  readonly name: string;
  /** What a check calls the problem, where the item is one. */
  readonly title?: Text | undefined;
  readonly remedy?: Text | undefined;
  /** Part of the instance: a connector, a data source, a queue. */
  readonly part?: string | undefined;
  readonly observed?: number | string | boolean | undefined;
  /** A number is in {@link unit}. */
  readonly advised?: string | number | boolean | Text | undefined;
  readonly unit: Unit;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly reason?: Reason | undefined;
  readonly check?: string | undefined;
  /** Where the advice is from. */
  readonly source?: string | undefined;
  /** When what is counted happened last; Unix seconds. */
  readonly lastAt?: number | undefined;
}
/** An allow-listed setting as it is now; `values`: more than one where the members differ. */
export interface InstanceSetting {
  readonly key: string;
  readonly values: readonly (string | number | boolean)[];
}
/** A listener of a TongWeb, told by its port: names are the customer's. Numbers of the moment are there where its JMX was asked. */
export interface InstanceListener {
  readonly use: 'application' | 'console' | 'ejb' | 'other';
  readonly port?: number | undefined;
  readonly tls?: boolean | undefined;
  readonly maxThreads?: number | undefined;
  readonly busyThreads?: number | undefined;
  readonly maxConnections?: number | undefined;
  readonly connections?: number | undefined;
  readonly waiting?: number | undefined;
  readonly averageMs?: number | undefined;
}
/** A data source of a TongWeb; neither its name nor the address of its database. */
export interface InstanceDatasource {
  /** From 1, in the order of the configuration. */
  readonly number: number;
  readonly engine?: string | undefined;
  readonly maxActive?: number | undefined;
  readonly minIdle?: number | undefined;
  readonly active?: number | undefined;
  readonly waiting?: number | undefined;
  readonly leaks?: number | undefined;
  readonly validated?: boolean | undefined;
  readonly leakDetection?: boolean | undefined;
}
/** Why an instance was not read, or not wholly. */
export interface InstanceGap {
  readonly product: Product;
  readonly reach: Reach;
  readonly looksLike?: Answerer | undefined;
  /** Checks about it that gave no answer. */
  readonly unanswered: number;
}
export interface MiddlewareInstance {
  readonly name: string;
  /** `TongWeb`, `TongRDS`, `MySQL` … */
  readonly product: string;
  readonly vendor: 'tongtech' | 'other';
  readonly version?: string | undefined;
  /** `standalone`, `cluster`, `primary-replica` … */
  readonly mode?: string | undefined;
  readonly deployment: 'host' | 'container';
  readonly node?: string | undefined;
  readonly namespace?: string | undefined;
  readonly ports?: readonly number[] | undefined;
  readonly running?: boolean | undefined;
  /** Unix seconds. */
  readonly startedAt?: number | undefined;
  readonly license?: { readonly kind?: string | undefined; readonly endsAt?: number | undefined; readonly never?: boolean | undefined } | undefined;
  readonly items: readonly MiddlewareItem[];
  readonly settings?: readonly InstanceSetting[] | undefined;
  readonly gap?: InstanceGap | undefined;
  readonly listeners?: readonly InstanceListener[] | undefined;
  readonly datasources?: readonly InstanceDatasource[] | undefined;
}

/** One operating system on one node. */
export interface NodeSystem {
  readonly node: string;
  readonly os?: string | undefined;
  readonly kernel?: string | undefined;
  readonly architecture?: string | undefined;
  readonly updatedAt?: number | undefined;
  readonly rebootPending?: boolean | undefined;
  readonly endOfSupportAt?: number | undefined;
  /** When {@link endOfSupportAt} is the end of LTS or extended support: when the regular support ends or ended. */
  readonly regularSupportEndsAt?: number | undefined;
  /** Service pack or release that the vendor still supports, to go to. */
  readonly advised?: string | undefined;
}
/** A published defect that matches installed packages. */
export interface AdvisoryMatch {
  /** `openEuler-SA-2026-1234`. */
  readonly id: string;
  readonly kind: 'security' | 'bugfix' | 'hotpatch';
  readonly severity: 'critical' | 'important' | 'moderate' | 'low';
  /** Unix seconds. */
  readonly publishedAt: number;
  readonly cves: readonly string[];
  /** CVSS v3 base score. */
  readonly score?: number | undefined;
  readonly component: string;
  readonly current: string;
  readonly fixed: string;
  readonly nodes: readonly string[];
  readonly reboot: boolean;
  readonly hotpatch?: boolean | undefined;
  /** The fixed package is published for this service pack; `false`: support ended, so the service pack must change first. */
  readonly obtainable: boolean;
  /** The fixed package is there already and waits for a restart. */
  readonly installed?: boolean | undefined;
  readonly source?: string | undefined;
}
/** A version of a package that advisories are about, and the machines that have it. */
export interface PackageVersions {
  readonly name: string;
  /** `epoch:version-release`; left out where it is not in the form that travels. */
  readonly version?: string | undefined;
  readonly nodes: readonly string[];
}
export interface AdvisoryFacts {
  /** Day of the imported feed, Unix seconds: newer advisories cannot be in it. */
  readonly feedAt: number;
  readonly feed: string;
  readonly matches: readonly AdvisoryMatch[];
  /** Nodes that could not be matched: packages were not read, or the feed does not speak about their system. */
  readonly unmatchedNodes: readonly string[];
  /** Packages whose versions were known and held against the feed; left out: not told. */
  readonly compared?: readonly string[] | undefined;
  /** Advisories about compared packages whose fix runs on every node. */
  readonly fixedAlready?: number | undefined;
  /** Advisories of the products in use about packages whose versions nobody gathered: neither affected nor not. */
  readonly notCompared?: number | undefined;
}
