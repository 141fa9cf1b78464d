/** Reads short stretches of a file through one block, so that many short records cost one read, and a long one none of its body. */
import type { FileHandle } from 'node:fs/promises';

export class BlockReader {
  static readonly BYTES = 64 * 1024;
  readonly #file: FileHandle;
  readonly #size: number;
  readonly #block = Buffer.allocUnsafe(BlockReader.BYTES);
  #at = 0;
  #length = 0;

  /** @param size bytes of the file that count; more may be there */
  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.#size = size;
  }

  /** Up to `length` bytes ({@link BYTES} at most) from `offset`; fewer at the end. Valid until the next call. */
  async read(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.min(length, BlockReader.BYTES, this.#size - offset);
    if (offset < this.#at || offset + wanted > this.#at + this.#length) {
      const room = Math.min(BlockReader.BYTES, this.#size - offset);
      this.#length = (await this.#file.read(this.#block, 0, room, offset)).bytesRead;
      this.#at = offset;
    }
    return this.#block.subarray(offset - this.#at, Math.min(offset - this.#at + wanted, this.#length));
  }
}
