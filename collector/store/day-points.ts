/** The store's numbers by the days of a zone, for reports: for the collector's own work, whoever asked. */
import type { Db } from './database.ts';
import { type Folded, numbersOf } from './rollup-buckets.ts';
import { AT_OF_ROLLUP, type Resolution } from './rollup-store.ts';
import type { Row } from './tables.ts';
import type { Stretch } from './trend-read-store.ts';

/** One number of one day of a zone. */
export interface DayPoint {
  /** Name before the `|`. */
  readonly name: string;
  /** Machine behind it; empty for the cluster. */
  readonly machine: string;
  /** Begin of the day in the zone, milliseconds. */
  readonly at: number;
  /** When the last sample of the day was taken, milliseconds: always within the stretch that was asked for. */
  readonly lastAt: number;
  readonly mean: number;
  readonly maximum: number;
  readonly last: number;
}
/** Samples of a bucket of the store, by the moment of the last one. */
interface Piece extends Pick<Folded, 'samples' | 'total' | 'maximum' | 'last'> {
  readonly lastAt: number;
}
/** Days times machines times series; more are not read into one report. */
const MOST_POINTS = 2_000_000;
/** Rows read at once: with their texts some ten megabytes. */
const PAGE_ROWS = 10_000;
const DAY_MS = 86_400_000;
/** Days of machines that are read hour by hour. */
const MOST_DIVIDED = 2_000;

/**
 * Numbers by the days of a zone. The store's own days are those of UTC: one with a single sample lies where that sample was taken, one with
 * several is put together from its hours, as long as those are kept. A day without hours stands where its last sample was taken, and is left
 * out when that is beyond the end: what is later than the stretch is in no point.
 *
 * @param names before the `|`; by series and then day
 * @param zoneMinutes east of UTC
 */
export async function dayPoints(db: Db, clusterId: string, names: readonly string[], stretch: Stretch, zoneMinutes: number): Promise<readonly DayPoint[]> {
  const days = new ZonedDays(stretch, zoneMinutes);
  const divided: DividedDay[] = [];
  for await (const { machine, at, numbers } of bucketRows(db, clusterId, 'd', { from: stretch.from - DAY_MS, to: stretch.to })) {
    const known = numbersOf(numbers);
    const wanted = names.flatMap((name) => {
      const found = known.get(name);
      return found === undefined ? [] : [{ name, whole: pieceOf(at, found), hours: [] as Piece[] }];
    });
    const straddles = at + DAY_MS > stretch.to;
    const isDivided = wanted.some(({ whole }) => whole.samples > 1) && (straddles || divided.length < MOST_DIVIDED);
    if (isDivided) divided.push({ machine, at, straddles, wanted });
    else for (const { name, whole } of wanted) days.add(name, machine, whole);
    if (days.count >= MOST_POINTS) break;
  }
  await readHours(db, clusterId, divided);
  for (const { machine, straddles, wanted } of divided)
    for (const { name, whole, hours } of wanted) for (const piece of piecesOf(whole, hours, straddles)) days.add(name, machine, piece);
  return days.points();
}

interface DividedDay {
  readonly machine: string;
  readonly at: number;
  /** It goes on beyond the end of the stretch. */
  readonly straddles: boolean;
  readonly wanted: readonly { readonly name: string; readonly whole: Piece; readonly hours: Piece[] }[];
}
/** Fills in the hours of days. */
async function readHours(db: Db, clusterId: string, divided: readonly DividedDay[]): Promise<void> {
  if (divided.length === 0) return;
  const byKey = new Map(divided.map((day) => [`${day.machine}|${day.at}`, day]));
  const begins = divided.map(({ at }) => at);
  const stretch = { from: begins.reduce((one, other) => Math.min(one, other)), to: begins.reduce((one, other) => Math.max(one, other)) + DAY_MS };
  for await (const { machine, at, numbers } of bucketRows(db, clusterId, 'h', stretch)) {
    const day = byKey.get(`${machine}|${Math.floor(at / DAY_MS) * DAY_MS}`);
    if (!day) continue;
    const known = numbersOf(numbers);
    for (const { name, hours } of day.wanted) {
      const found = known.get(name);
      if (found !== undefined) hours.push(pieceOf(at, found));
    }
  }
}
/** Hours that are only partly kept say less than the whole day, but of one that goes on beyond the end they are all that can be told. */
function piecesOf(whole: Piece, hours: readonly Piece[], straddles: boolean): readonly Piece[] {
  const isComplete = hours.reduce((total, { samples }) => total + samples, 0) === whole.samples;
  return isComplete || (straddles && hours.length > 0) ? hours : [whole];
}
function pieceOf(begin: number, { samples, total, maximum, last, after }: Folded): Piece {
  return { samples, total, maximum, last, lastAt: begin + after };
}

/** Pieces by series and day of a zone; those outside of the stretch are left out. */
class ZonedDays {
  count = 0;
  readonly #series = new Map<string, { readonly name: string; readonly machine: string; readonly days: Map<number, Piece> }>();
  readonly #stretch: Stretch;
  readonly #offsetMs: number;

  constructor(stretch: Stretch, zoneMinutes: number) {
    this.#stretch = stretch;
    this.#offsetMs = zoneMinutes * 60_000;
  }
  add(name: string, machine: string, piece: Piece): void {
    if (piece.lastAt < this.#stretch.from || piece.lastAt >= this.#stretch.to) return;
    const key = `${name}|${machine}`;
    const series = this.#series.get(key) ?? { name, machine, days: new Map<number, Piece>() };
    if (series.days.size === 0) this.#series.set(key, series);
    const at = Math.floor((piece.lastAt + this.#offsetMs) / DAY_MS) * DAY_MS - this.#offsetMs;
    const known = series.days.get(at);
    if (known === undefined) this.count += 1;
    series.days.set(at, known === undefined ? piece : joined(known, piece));
  }
  points(): readonly DayPoint[] {
    return [...this.#series]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, { name, machine, days }]) =>
        [...days]
          .sort(([a], [b]) => a - b)
          .map(([at, { lastAt, samples, total, maximum, last }]): DayPoint => ({ name, machine, at, lastAt, mean: total / samples, maximum, last })),
      );
  }
}
function joined(one: Piece, other: Piece): Piece {
  const { last, lastAt } = other.lastAt >= one.lastAt ? other : one;
  return { samples: one.samples + other.samples, total: one.total + other.total, maximum: Math.max(one.maximum, other.maximum), last, lastAt };
}

async function* bucketRows(db: Db, clusterId: string, resolution: Resolution, { from, to }: Stretch): AsyncGenerator<Pick<Row<'rollups'>, 'machine' | 'at' | 'numbers'>> {
  for (let last: { machine: string; at: number } | undefined; ; ) {
    const after = last;
    let query = db.selectFrom('rollups').select(['machine', 'at', 'numbers']).where('cluster_id', '=', clusterId).where('resolution', '=', resolution);
    if (after) query = query.where('machine', '>=', after.machine).where((eb) => eb.or([eb('machine', '>', after.machine), eb('at', '>', after.at)]));
    const rows = await query.where(AT_OF_ROLLUP, '>=', from).where(AT_OF_ROLLUP, '<', to).orderBy('machine').orderBy('at').limit(PAGE_ROWS).execute();
    yield* rows;
    last = rows.at(-1);
    if (rows.length < PAGE_ROWS) return;
  }
}
