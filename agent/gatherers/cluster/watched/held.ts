/** Objects of one resource as the watch sees them, each reduced to what its section needs. */
import type { Projection } from '../../../kube/follow.ts';
import { type Json, nameOf, namespaceOf, textAt } from '../../../kube/read.ts';

/** Keeps totals in step: told of every change of one object. */
export type OnChange<T> = (key: string, before: T | undefined, after: T | undefined) => void;

export class Held<T> implements Projection {
  readonly #project: (object: Json) => T;
  readonly #onChange: OnChange<T>;
  readonly #objects = new Map<string, T>();
  /** Keys that the list under way has named. */
  #listed: Set<string> | undefined;

  /** @param project what is kept of an object; a few hundred bytes at most, equal values shared where it can be */
  constructor(project: (object: Json) => T, onChange: OnChange<T> = () => undefined) {
    this.#project = project;
    this.#onChange = onChange;
  }

  get size(): number {
    return this.#objects.size;
  }
  values(): IterableIterator<T> {
    return this.#objects.values();
  }

  begin(): void {
    this.#listed = new Set();
  }
  put(object: Json): void {
    const key = keyOf(object);
    this.#listed?.add(key);
    const before = this.#objects.get(key);
    const after = this.#project(object);
    this.#objects.set(key, after);
    this.#onChange(key, before, after);
  }
  delete(object: Json): void {
    this.#drop(keyOf(object));
  }
  end(): void {
    const listed = this.#listed;
    this.#listed = undefined;
    if (listed) for (const key of this.#objects.keys()) if (!listed.has(key)) this.#drop(key);
  }

  #drop(key: string): void {
    const before = this.#objects.get(key);
    if (before === undefined) return;
    this.#objects.delete(key);
    this.#onChange(key, before, undefined);
  }
}

/** The server's own identity of an object: a name that is used again is another object. */
function keyOf(object: Json): string {
  return textAt(object, 'metadata', 'uid') ?? `${namespaceOf(object)}/${nameOf(object)}`;
}
