/** What crashes leave behind: how many dumps and when the newest was made. Names of dumps hold program names and stay here. */
import type { Host } from '../../../host/host.ts';
import { walk } from '../../../host/walk.ts';

/** Where kdump, apport, abrt, systemd-pstore and systemd-coredump write. */
const KERNEL_DUMPS = ['/var/crash', '/var/lib/kdump', '/var/spool/abrt', '/var/lib/systemd/pstore', '/sys/fs/pstore'] as const;
const CORE_DUMPS = ['/var/lib/systemd/coredump', '/var/lib/apport/coredump', '/var/crash', '/var/spool/abrt'] as const;
const LIMITS = { depth: 2, entries: 5_000 } as const;

export interface Crashes {
  readonly kernelDumps: number;
  readonly newestKernelDumpAt?: number | undefined;
  readonly coreDumps: number;
  readonly newestCoreDumpAt?: number | undefined;
}

/** `vmcore` (kdump), `dump.…` (Debian's kdump-tools), `dmesg-…` (pstore); `vmcore-dmesg.txt` stands beside a vmcore or alone when that failed. */
export function isKernelDump(path: string): boolean {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return /^(vmcore(\.flat|-incomplete)?|dump\.\d{8,14}|dmesg-(?!erst-0$)[\w.-]{1,60})$/.test(file);
}
/** `core.<program>.<uid>.…` (systemd-coredump), `….crash` (apport), `coredump` (abrt). */
export function isCoreDump(path: string): boolean {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return /^core\./.test(file) || /\.crash$/.test(file) || file === 'coredump';
}

export async function crashes(host: Host, signal: AbortSignal): Promise<Crashes> {
  const kernel = await countDumps(host, KERNEL_DUMPS, isKernelDump, signal);
  const core = await countDumps(host, CORE_DUMPS, isCoreDump, signal);
  return {
    kernelDumps: kernel.count,
    newestKernelDumpAt: kernel.newestAt,
    coreDumps: core.count,
    newestCoreDumpAt: core.newestAt,
  };
}

async function countDumps(
  host: Host,
  folders: readonly string[],
  matches: (path: string) => boolean,
  signal: AbortSignal,
): Promise<{ count: number; newestAt: number | undefined }> {
  let count = 0;
  let newestAt: number | undefined;
  for (const folder of folders) {
    for await (const { path, kind, modifiedAt } of walk(host, folder, LIMITS, signal)) {
      if (kind !== 'file' || !matches(path)) continue;
      count += 1;
      newestAt = Math.max(newestAt ?? 0, modifiedAt);
    }
  }
  return { count, newestAt };
}
