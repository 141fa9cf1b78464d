/** Room on a disk that is set aside, so that the last words about its being full can still be written down. */
import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { writePrivate } from '../site/private-file.ts';

export class DiskReserve {
  readonly #path: string;
  readonly #bytes: number;
  #isGiven = false;
  constructor(path: string, bytes: number) {
    this.#path = path;
    this.#bytes = bytes;
  }

  /** Sets the room aside where it is not. A disk without room for it is worked with. */
  async make(): Promise<void> {
    if ((await stat(this.#path).catch(() => undefined))?.size === this.#bytes) return;
    this.#isGiven = await writePrivate(this.#path, randomBytes(this.#bytes)).then(
      () => false,
      () => true,
    ); // noise: a file system that compresses sets zeros aside for nothing
  }

  /** Does the work, a second time with the room given back where there was none. @throws the work's error */
  async with<T>(work: () => Promise<T>): Promise<T> {
    try {
      const done = await work();
      if (this.#isGiven) await this.make();
      return done;
    } catch (error) {
      if (!isFull(error)) throw error;
      this.#isGiven = true;
      await rm(this.#path, { force: true });
      return await work();
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
