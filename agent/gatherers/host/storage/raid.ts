import { share } from '../../../host/parse.ts';
import { linesOf } from '../../../host/statfs-paths.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { RAID_LEVELS } from '../../../wire/sections/host/storage.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';

type Row = Sections['raid']['arrays'][number];

const MAX_ARRAYS = 64;
const MAX_LINES = 5_000;

/** Arrays of `/proc/mdstat`. Containers of firmware RAID, which are never active themselves, are left out. */
export function parseMdstat(text: string): readonly Row[] {
  const rows: Row[] = [];
  let block: string[] = [];
  let seen = 0;
  const close = (): void => {
    const row = parseArray(block);
    if (row) rows.push(row);
    block = [];
  };
  for (const line of linesOf(text)) {
    seen += 1;
    if (seen > MAX_LINES) break;
    if (/^\S/.test(line)) close();
    if (block.length > 0 || /^md\S{0,60} : /.test(line)) block.push(line.slice(0, 8_192));
  }
  close();
  return rows;
}

function parseArray([head = '', ...rest]: readonly string[]): Row | undefined {
  const match = /^(md[^\s:]{0,60}) : (active|inactive)\b(.*)$/.exec(head);
  if (match?.[1] === undefined) return undefined;
  const [, name, state, members = ''] = match;
  const body = rest.join('\n');
  const isActive = state === 'active';
  if (!isActive && body.includes('super external:')) return undefined;
  const level = /\b(raid\d{1,2}|linear|multipath|faulty)\b/.exec(members)?.[1];
  const [, required, working] = /\[(\d{1,4})\/(\d{1,4})\]/.exec(body) ?? [];
  const [, action, percent] = /\b(resync|recovery|reshape|check)\s*=\s*(?:(\d{1,3}(?:\.\d{1,4})?)%|DELAYED|PENDING)/.exec(body) ?? [];
  return {
    name,
    level: RAID_LEVELS.find((known) => known === level) ?? 'other',
    active: isActive,
    ...(required !== undefined && working !== undefined && { requiredDisks: Number(required), activeDisks: Number(working) }),
    failedDisks: members.match(/\(F\)/g)?.length ?? 0,
    spareDisks: members.match(/\(S\)/g)?.length ?? 0,
    sync: (['resync', 'recovery', 'reshape', 'check'] as const).find((known) => known === action) ?? 'idle',
    ...(percent !== undefined && { syncPercent: share(Number(percent), 100) }),
  };
}

function isSound({ active, failedDisks, requiredDisks = 0, activeDisks = 0 }: Row): boolean {
  return active && failedDisks === 0 && activeDisks >= requiredDisks;
}

export const raid = hostGatherer({
  section: 'raid',
  needs: [{ mount: '/proc' }],
  deadlineMs: 5_000,

  async gather(host) {
    const text = await host.readIfThere('/proc/mdstat', { cut: true });
    if (text === undefined) throw (await host.exists('/proc/stat')) ? new AbsentError('not-present') : new UnreadableError('not-visible');
    const rows = [...parseMdstat(text)].sort((a, b) => Number(isSound(a)) - Number(isSound(b)));
    if (rows.length === 0) throw new AbsentError('not-in-use');
    return { arrays: rows.slice(0, MAX_ARRAYS), dropped: Math.max(0, rows.length - MAX_ARRAYS) };
  },
});
