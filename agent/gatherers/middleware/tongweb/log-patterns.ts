/** What is counted in TongWeb's server log: regular expressions over lines, which are looked at and forgotten. */
import type { LogPattern } from '../../../host/log-counts.ts';
import { dayOf } from './license.ts';

const APPLICATION_OUTPUT = /\[(systemout|System\.out|System\.err)\]/;

/** The patterns of the wire, and `license-never`, which only the licence needs. Spelling (`Lisence`, `Invaild`) is the product's own. */
export const TONGWEB_PATTERNS = [
  { id: 'oom-heap', pattern: /OutOfMemoryError: Java heap space/ },
  { id: 'oom-metaspace', pattern: /OutOfMemoryError: Metaspace/ },
  { id: 'oom-native-thread', pattern: /unable to create (new )?native thread/ },
  { id: 'oom-gc-overhead', pattern: /OutOfMemoryError: GC overhead/ },
  { id: 'too-many-open-files', pattern: /Too many open files|打开的文件过多/ },
  { id: 'pool-empty', pattern: /Pool empty\. Unable to fetch a connection/ },
  { id: 'connection-leak', pattern: /potential connection leak detected/i },
  { id: 'hung-thread', pattern: /hung thread check/ },
  { id: 'license-expiring', pattern: /License expires \d{4}-\d{2}-\d{2}|license will expire in \d+ days/i, value: endOf },
  { id: 'license-never', pattern: /License will never expire/i },
  { id: 'license-expired', pattern: /License (has )?expired/i },
  { id: 'license-missing', pattern: /(Lisence|License) file not found/i },
  { id: 'license-invalid', pattern: /(Invaild|Invalid) license/i },
  { id: 'license-wrong-version', pattern: /License is not for this (version|edition) of product/i },
  { id: 'license-five-threads', pattern: /maximum of 5 threads/ },
  { id: 'start-failed', pattern: /startup failed due to previous errors|shutdown by exception|Address already in use/ },
  { id: 'restart', pattern: /TongWeb server startup complete|Server startup in/ },
  { id: 'severe', pattern: /\[SEVERE\]/, except: APPLICATION_OUTPUT },
  { id: 'error', pattern: /\b(ERROR|SEVERE)\b/, except: APPLICATION_OUTPUT },
] as const satisfies readonly LogPattern[];

/** The day that stands after `expires` or `stop on`. */
function endOf(line: string): number | undefined {
  const after = /(?:expires|stop on)\s*(\d{4}[-/.]\d{2}[-/.]\d{2})/i.exec(line)?.[1];
  return after === undefined ? undefined : dayOf(after);
}
