/** Options of a Java virtual machine: from a vmoptions file or the command line, only those that are looked for. */
import type { Host } from '../../../host/host.ts';

export interface JvmOptions {
  readonly javaOptionsRead: true;
  readonly heapStartBytes?: number | undefined;
  readonly heapMostBytes?: number | undefined;
  readonly metaspaceMostBytes?: number | undefined;
  readonly heapDumpOnError: boolean;
  readonly gcLog: boolean;
}
const LONGEST_FILE = 256 * 1024;

/** `undefined` when the file does not exist or may not be read. */
export async function readOptionsFile(host: Host, path: string): Promise<readonly string[] | undefined> {
  const text = await host.read(path, { maxBytes: LONGEST_FILE }).catch(() => undefined);
  return text
    ?.split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('-'))
    .filter(isLookedFor);
}
/** Arguments of a process that are options of the JVM; others (class paths, passwords) are dropped here. */
export async function readCommandLineOptions(host: Host, pid: string): Promise<readonly string[] | undefined> {
  const text = await host.read(`/proc/${pid}/cmdline`, { maxBytes: 128 * 1024, cut: true }).catch(() => undefined);
  return text === undefined || text === '' ? undefined : text.split('\0').filter(isLookedFor);
}
function isLookedFor(option: string): boolean {
  return (
    option.length < 400 && /^-(X(ms|mx|loggc:|log:gc)|XX:(\+|-)?(MaxMetaspaceSize|MaxHeapSize|InitialHeapSize|HeapDumpOnOutOfMemoryError|PrintGC|PrintGCDetails))/.test(option)
  );
}

/** The last of several wins, as in the JVM. */
export function optionsOf(options: readonly string[]): JvmOptions {
  const last = (pattern: RegExp): string | undefined => options.map((option) => pattern.exec(option)?.[1]).findLast((value) => value !== undefined);
  const dump = options.findLast((option) => /^-XX:[+-]HeapDumpOnOutOfMemoryError$/.test(option));
  return {
    javaOptionsRead: true,
    heapStartBytes: bytesOf(last(/^-(?:Xms|XX:InitialHeapSize=)(\d+[kKmMgG]?)$/)),
    heapMostBytes: bytesOf(last(/^-(?:Xmx|XX:MaxHeapSize=)(\d+[kKmMgG]?)$/)),
    metaspaceMostBytes: bytesOf(last(/^-XX:MaxMetaspaceSize=(\d+[kKmMgG]?)$/)),
    heapDumpOnError: dump?.startsWith('-XX:+') ?? false,
    gcLog: options.some((option) => /^-(Xloggc:|Xlog:gc|XX:\+PrintGC)/.test(option)),
  };
}
/** `2048m` → bytes. */
export function bytesOf(text: string | undefined): number | undefined {
  const match = /^(\d{1,15})\s*([kKmMgG]?)/.exec(text ?? '');
  if (!match) return undefined;
  const scale = { '': 1, k: 1_024, m: 1_024 ** 2, g: 1_024 ** 3 }[(match[2] ?? '').toLowerCase()] ?? 1;
  const bytes = Number(match[1]) * scale;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
