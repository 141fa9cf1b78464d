/** What a servlet container on a Java virtual machine tells of itself, whichever way it was asked. */
export interface ContainerReading {
  readonly serverVersion?: string | undefined;
  readonly jvm: JvmReading;
  readonly threadPools: readonly ThreadPool[];
  readonly requests: readonly RequestCounts[];
  readonly applications: readonly ApplicationReading[];
  readonly pools: readonly PoolReading[];
  readonly commits?: number | undefined;
  readonly rollbacks?: number | undefined;
}
export interface JvmReading {
  readonly javaMajor?: number | undefined;
  readonly startedAt?: number | undefined;
  readonly heapUsedBytes?: number | undefined;
  readonly heapLimitBytes?: number | undefined;
  readonly gcTimePercent?: number | undefined;
  readonly gcCount?: number | undefined;
  readonly fullGcCount?: number | undefined;
  readonly jvmThreads?: number | undefined;
  readonly deadlockedThreads?: number | undefined;
  /** Threads of requests that have run longer than the product allows. */
  readonly hungThreads?: number | undefined;
  readonly openFiles?: number | undefined;
  readonly openFilesLimit?: number | undefined;
}
/** Named as the container does: `http-nio2-0.0.0.0-8088`. */
export interface ThreadPool {
  readonly name: string;
  readonly maxThreads?: number | undefined;
  readonly busyThreads?: number | undefined;
  readonly connections?: number | undefined;
  readonly maxConnections?: number | undefined;
}
export interface RequestCounts {
  readonly name: string;
  readonly requests?: number | undefined;
  readonly errors?: number | undefined;
  readonly averageMs?: number | undefined;
}
export interface ApplicationReading {
  /** Context path; empty for the root. */
  readonly context: string;
  readonly state?: 'running' | 'stopped' | 'failed' | 'other' | undefined;
  readonly sessions?: number | undefined;
  readonly rejectedSessions?: number | undefined;
  readonly requests?: number | undefined;
  readonly errors?: number | undefined;
}
export interface PoolReading {
  readonly name: string;
  readonly active?: number | undefined;
  readonly idle?: number | undefined;
  readonly waiting?: number | undefined;
  readonly leaks?: number | undefined;
  readonly maxActive?: number | undefined;
  readonly usedPercent?: number | undefined;
}

/** Of a pool or listener, the port at the end of its name: `http-nio-8080`, `"http-nio2-0.0.0.0-8088"`. */
export function portOfName(name: string): number | undefined {
  const digits = /(\d{2,5})$/.exec(name)?.[1];
  const port = Number(digits);
  return digits !== undefined && port > 0 && port < 65_536 ? port : undefined;
}
/** A number ≥ 0 that JavaScript can hold, from a number or its text. */
export function countOf(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? number : undefined;
}
export function wholeOf(value: unknown): number | undefined {
  const number = countOf(value);
  return number === undefined ? undefined : Math.floor(number);
}
/** `Java 1.8`, `17` → 8, 17. */
export function javaMajorOf(specification: unknown): number | undefined {
  const match = /^(?:1\.)?(\d{1,3})/.exec(typeof specification === 'string' || typeof specification === 'number' ? `${specification}` : '');
  return match ? Number(match[1]) : undefined;
}
