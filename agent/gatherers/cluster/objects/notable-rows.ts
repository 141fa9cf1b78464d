/** Rows worth showing, up to a cap, however many objects there are. What matters most pushes the rest out. */
export class NotableRows<T> {
  readonly #cap: number;
  readonly #first: T[] = [];
  readonly #rest: T[] = [];
  #dropped = 0;

  constructor(cap: number) {
    this.#cap = cap;
  }

  /** @param matters a row that must not be lost to those that are only informative */
  add(row: T, matters: boolean): void {
    if (this.#first.length + this.#rest.length >= this.#cap) {
      this.#dropped += 1;
      if (!matters || this.#rest.pop() === undefined) return;
    }
    (matters ? this.#first : this.#rest).push(row);
  }

  /** Those that matter first. */
  get rows(): readonly T[] {
    return [...this.#first, ...this.#rest];
  }
  /** Rows that were left out over the cap. */
  get dropped(): number {
    return this.#dropped;
  }
}
