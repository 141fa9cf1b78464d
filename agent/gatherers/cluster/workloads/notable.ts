/** A bounded list that keeps what matters most: rows come with a rank, 0 first; over the cap the least notable goes. */
export class Notable<Row> {
  readonly #buckets: Row[][];
  readonly #cap: number;
  #size = 0;
  /** Rows left out that could matter: those of the last rank do not count. */
  dropped = 0;

  /** @param ranks how many ranks there are; the last one is for rows in which nothing is wrong */
  constructor(cap: number, ranks: number) {
    this.#cap = cap;
    this.#buckets = Array.from({ length: ranks }, () => []);
  }

  add(row: Row, rank: number): void {
    this.#buckets[Math.min(rank, this.#buckets.length - 1)]?.push(row);
    this.#size += 1;
    if (this.#size > this.#cap) this.#dropLast();
  }

  /** Most notable first, within a rank in the order of arrival. */
  rows(): readonly Row[] {
    return this.#buckets.flat();
  }

  #dropLast(): void {
    for (let rank = this.#buckets.length - 1; rank >= 0; rank -= 1) {
      if (this.#buckets[rank]?.pop() === undefined) continue;
      this.#size -= 1;
      if (rank < this.#buckets.length - 1) this.dropped += 1;
      return;
    }
  }
}
