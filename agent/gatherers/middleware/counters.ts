/** What servers count since they started, held against the inspection before: an old total says nothing about today. */

/** Unix seconds, and the values then. */
export interface Counted {
  readonly at: number;
  readonly values: Readonly<Record<string, number>>;
}
/** By instance and member; kept at the site. */
export type Counters = Readonly<Record<string, Counted>>;

export interface Growth {
  /** Since the values that they are held against. */
  readonly seconds: number;
  readonly values: Readonly<Record<string, number>>;
}

/** Values younger than this stay what later inspections compare with, so that a second look in a row does not hide the first. */
const LEAST_SECONDS = 3_600;

/** Uptime is the server's clock, the inspection's is ours. */
const CLOCKS_APART_SECONDS = 30;

export class CounterMemory {
  readonly #before: Counters;
  readonly #now = new Map<string, Counted>();

  constructor(before: Counters = {}) {
    this.#before = before;
  }

  /**
   * Remembers the values, and tells how much each has grown.
   * @param now Unix seconds
   * @returns `undefined` at the first inspection, and when one went back: then the server was started since
   */
  grown(instance: string, member: string, now: number, values: Readonly<Record<string, number | undefined>>): Growth | undefined {
    const key = JSON.stringify([instance, member]);
    const known = Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined));
    const before = Object.hasOwn(this.#before, key) ? this.#before[key] : undefined;
    const growth = before && growthOf(before, now, known);
    const isYoung = growth !== undefined && growth.seconds < LEAST_SECONDS;
    this.#now.set(key, before && isYoung ? before : { at: now, values: known });
    return growth;
  }

  /**
   * Remembers a value that may go up and down.
   * @param now Unix seconds
   * @returns seconds for which it has been what it is; `undefined` at the first look
   */
  standing(instance: string, member: string, now: number, value: number): number | undefined {
    const key = JSON.stringify([instance, member]);
    const before = Object.hasOwn(this.#before, key) ? this.#before[key] : undefined;
    const isSame = before !== undefined && before.values['value'] === value && before.at <= now;
    this.#now.set(key, isSame ? before : { at: now, values: { value } });
    return before === undefined ? undefined : isSame ? now - before.at : 0;
  }

  /**
   * Remembers how long it has been running.
   * @param now Unix seconds
   * @returns whether what runs now was started after an inspection that met it before; `undefined` at the first look
   */
  restarted(instance: string, member: string, now: number, uptimeSeconds: number): boolean | undefined {
    const key = JSON.stringify([instance, member, 'restarted']);
    const before = Object.hasOwn(this.#before, key) ? this.#before[key] : undefined;
    const isNew = before !== undefined && before.at + CLOCKS_APART_SECONDS < now - uptimeSeconds;
    const again = isNew || before?.values['again'] === 1;
    this.#now.set(key, { at: now, values: { again: again ? 1 : 0 } });
    return before === undefined ? undefined : again;
  }

  /** What the next inspection compares with; a member that did not answer this time keeps what it had. */
  get kept(): Counters {
    return { ...this.#before, ...Object.fromEntries(this.#now) };
  }
}

function growthOf({ at, values }: Counted, now: number, present: Readonly<Record<string, number>>): Growth | undefined {
  const seconds = now - at;
  if (seconds <= 0) return undefined;
  const grown: Record<string, number> = {};
  for (const [name, value] of Object.entries(present)) {
    const before = Object.hasOwn(values, name) ? values[name] : undefined;
    if (before === undefined) continue;
    if (value < before) return undefined;
    grown[name] = value - before;
  }
  return { seconds, values: grown };
}
