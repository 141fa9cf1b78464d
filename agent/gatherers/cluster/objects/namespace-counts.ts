/** Counts by namespace: what would be too many rows if each object had one. */
export class NamespaceCounts<K extends string> {
  readonly #cap: number;
  readonly #keys: readonly K[];
  readonly #counts = new Map<string, Record<K, number>>();
  #dropped = 0;

  /** @param cap namespaces that are kept; what belongs to others is counted as dropped */
  constructor(cap: number, keys: readonly K[]) {
    this.#cap = cap;
    this.#keys = keys;
  }

  add(namespace: string, key: K): void {
    const known = this.#counts.get(namespace);
    if (known) known[key] += 1;
    else if (this.#counts.size >= this.#cap) this.#dropped += 1;
    else this.#counts.set(namespace, { ...this.#zeros(), [key]: 1 });
  }
  get rows(): readonly ({ readonly namespace: string } & Readonly<Record<K, number>>)[] {
    return [...this.#counts].map(([namespace, counts]) => ({ namespace, ...counts }));
  }
  get dropped(): number {
    return this.#dropped;
  }

  #zeros(): Record<K, number> {
    return Object.fromEntries(this.#keys.map((key) => [key, 0])) as Record<K, number>; // every key is there by construction
  }
}
