/** Settings of journald, logrotate and rsyslog: modes, limits and days. */

export type JournaldStorage = 'auto' | 'persistent' | 'volatile' | 'none';
export interface JournaldSettings {
  readonly storage: JournaldStorage;
  /** `SystemMaxUse=` or `SystemMaxFileSize=` with `SystemMaxFiles=`, or a time limit. */
  readonly limited: boolean;
}

const MAX_LINES = 2_000;

/** journald.conf and its drop-ins, in the order that systemd reads them: the last one wins. */
export function parseJournald(texts: readonly string[]): JournaldSettings {
  const values = new Map<string, string>();
  for (const line of texts.flatMap((text) => text.split('\n', MAX_LINES))) {
    const match = /^\s*([A-Za-z]{1,40})\s*=\s*(\S{0,60})\s*$/.exec(line.slice(0, 200));
    if (match?.[1] !== undefined) values.set(match[1], match[2] ?? '');
  }
  const storage = (['auto', 'persistent', 'volatile', 'none'] as const).find((word) => word === values.get('Storage')?.toLowerCase()) ?? 'auto';
  return { storage, limited: ['SystemMaxUse', 'MaxRetentionSec'].some((key) => /^[1-9]/.test(values.get(key) ?? '')) };
}

const PERIOD_DAYS: Readonly<Record<string, number>> = { hourly: 1 / 24, daily: 1, weekly: 7, monthly: 30, yearly: 365 };

/**
 * Days that logrotate keeps a log: period times number, as the block of the syslog files says, else as the defaults say.
 * `undefined` when either is not told (rotation by size).
 */
export function parseRetentionDays(defaults: string, syslogBlock: string): number | undefined {
  const own = rotation(syslogBlock);
  const general = rotation(withoutBlocks(defaults));
  if (own.maxAgeDays !== undefined) return own.maxAgeDays;
  const [periodDays, count] = [own.periodDays ?? general.periodDays, own.count ?? general.count];
  return periodDays === undefined || count === undefined ? undefined : Math.round(periodDays * count);
}

function rotation(text: string): { periodDays?: number; count?: number; maxAgeDays?: number } {
  const out: { periodDays?: number; count?: number; maxAgeDays?: number } = {};
  for (const line of text.split('\n', MAX_LINES)) {
    const [word = '', value = ''] = line.slice(0, 300).replace(/#.*$/, '').trim().split(/\s+/);
    const periodDays = Object.hasOwn(PERIOD_DAYS, word) ? PERIOD_DAYS[word] : undefined;
    if (periodDays !== undefined) out.periodDays = periodDays;
    if (word === 'rotate' && /^\d{1,5}$/.test(value)) out.count = Number(value);
    if (word === 'maxage' && /^\d{1,5}$/.test(value)) out.maxAgeDays = Number(value);
  }
  return out;
}

/** The top level of a logrotate configuration: what stands in `{ … }` is about one log. */
function withoutBlocks(text: string): string {
  let depth = 0;
  const out: string[] = [];
  for (const line of text.split('\n', MAX_LINES)) {
    if (depth === 0 && !line.includes('{')) out.push(line);
    depth = Math.max(0, depth + (line.split('{').length - 1) - (line.split('}').length - 1));
  }
  return out.join('\n');
}

/** Whether rsyslog sends anything to another host: `*.* @host`, `@@host`, or an action of type omfwd or omrelp. */
export function forwardsRemotely(texts: readonly string[]): boolean {
  return texts.some((text) =>
    text
      .split('\n', MAX_LINES)
      .some((line) => /^\s*[\w.*;,!=-]{1,200}\s+@{1,2}[([\w]/.test(line.slice(0, 400)) || /^[^#]{0,300}\btype="?om(?:fwd|relp)"?/.test(line.slice(0, 400))),
  );
}
