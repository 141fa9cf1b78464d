/** Records that the disk did not take: few, and gone with the process. Health gives way to signals, older to newer. */
import type { RecordHead } from './record.ts';
import { laneOf } from './segment-store.ts';

const MOST_BYTES = 2 * 1024 * 1024;
const MOST_ITEMS = 500;

interface Waiting {
  readonly head: RecordHead;
  readonly body: Buffer;
}

export class MemoryLane {
  #waiting: Waiting[] = [];

  get length(): number {
    return this.#waiting.length;
  }
  get bytes(): number {
    return this.#waiting.reduce((sum, { body }) => sum + body.length, 0);
  }
  /** Unix seconds. */
  get oldestKeptAt(): number | undefined {
    return this.#waiting[0]?.head.keptAt;
  }
  inOrder(): readonly Waiting[] {
    return [...this.#waiting];
  }

  /** @returns how many had to go for it, itself included when it is too large */
  push(head: RecordHead, body: Buffer): number {
    this.#waiting.push({ head, body: Buffer.from(body) });
    let gone = 0;
    while (this.#waiting.length > 0 && (this.bytes > MOST_BYTES || this.length > MOST_ITEMS)) {
      const health = this.#waiting.findIndex((one) => laneOf(one.head.kind) === 'health');
      this.#waiting.splice(Math.max(0, health), 1);
      gone += 1;
    }
    return gone;
  }
  remove(head: RecordHead): void {
    this.#waiting = this.#waiting.filter((one) => one.head !== head);
  }
}
