/** Heap dumps, crash logs and snapshots by count, size and newest time; none of them is opened. */
import type { Host } from '../../../host/host.ts';
import { type Entry, walk } from '../../../host/walk.ts';

const LIMITS = { depth: 3, entries: 20_000 };

export interface Pile {
  readonly count: number;
  readonly bytes: number;
  readonly newestAt?: number | undefined;
}
export interface Dumps {
  readonly heapDumps: number;
  readonly heapDumpBytes: number;
  readonly newestHeapDumpAt?: number | undefined;
  readonly fatalErrorLogs: number;
  readonly newestFatalErrorAt?: number | undefined;
}

/** Below the folders given, each file once. `undefined` when none of them exists. */
export async function findDumps(host: Host, folders: readonly string[], signal: AbortSignal): Promise<Dumps | undefined> {
  const heap = new PileOf();
  const crash = new PileOf();
  let seen = false;
  for (const folder of folders) {
    if (!(await host.exists(folder))) continue;
    seen = true;
    for await (const entry of walk(host, folder, { ...LIMITS, depth: 1 }, signal)) {
      const base = entry.path.slice(entry.path.lastIndexOf('/') + 1);
      if (entry.kind === 'file' && base.endsWith('.hprof')) heap.add(entry);
      if (entry.kind === 'file' && /^hs_err_pid\d*.*\.log$/.test(base)) crash.add(entry);
    }
  }
  if (!seen) return undefined;
  return {
    heapDumps: heap.value.count,
    heapDumpBytes: heap.value.bytes,
    newestHeapDumpAt: heap.value.newestAt,
    fatalErrorLogs: crash.value.count,
    newestFatalErrorAt: crash.value.newestAt,
  };
}
/** Entries of a folder (one snapshot is one entry) and all bytes below it; `undefined` when it does not exist. */
export async function pileOf(host: Host, folder: string, signal: AbortSignal): Promise<Pile | undefined> {
  if (!(await host.exists(folder))) return undefined;
  const pile = new PileOf();
  for await (const entry of walk(host, folder, LIMITS, signal)) {
    if (entry.depth === 1) pile.add({ ...entry, bytes: 0 });
    pile.bytes += entry.bytes;
  }
  return pile.value;
}

class PileOf {
  #count = 0;
  bytes = 0;
  #newestAt: number | undefined;
  add({ bytes, modifiedAt }: Entry): void {
    this.#count += 1;
    this.bytes += bytes;
    this.#newestAt = Math.max(this.#newestAt ?? modifiedAt, modifiedAt);
  }
  get value(): Pile {
    return { count: this.#count, bytes: this.bytes, newestAt: this.#newestAt };
  }
}
