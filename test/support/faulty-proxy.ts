/**
 * A TCP way between two programs that breaks as networks do: connections that are refused or cut at any byte, in either direction, delays,
 * and requests that arrive a second time. What it did is counted, so that a run can say that it was tried.
 */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface FaultCounts {
  connections: number;
  refused: number;
  cutRequest: number;
  cutAnswer: number;
  delayed: number;
  repeated: number;
}

export class FaultyProxy implements AsyncDisposable {
  readonly counts: FaultCounts = { connections: 0, refused: 0, cutRequest: 0, cutAnswer: 0, delayed: 0, repeated: 0 };
  /** 0…1: share of connections and pieces that something happens to. */
  faults = 0;
  /** Nothing passes. */
  isDown = false;
  target: number;
  readonly #server = createServer((socket) => void this.#carry(socket));
  readonly #open = new Set<Socket>();
  readonly #random: () => number;

  constructor(target: number, random: () => number = Math.random) {
    this.target = target;
    this.#random = random;
  }
  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  cutAll(): void {
    for (const socket of this.#open) socket.destroy();
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.cutAll();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #happens(share = 1): boolean {
    return this.#random() < this.faults * share;
  }

  async #carry(client: Socket): Promise<void> {
    this.counts.connections += 1;
    this.#track(client);
    if (this.isDown || this.#happens(0.3)) {
      this.counts.refused += 1;
      client.destroy();
      return;
    }
    const upstream = this.#track(connect(this.target, '127.0.0.1'));
    const said: Buffer[] = [];
    let isCut = false;
    this.#pass(
      client,
      upstream,
      'cutRequest',
      (piece) => said.push(piece),
      () => {
        isCut = true;
      },
    );
    this.#pass(
      upstream,
      client,
      'cutAnswer',
      () => undefined,
      () => {
        isCut = true;
      },
    );
    client.once('close', () => {
      upstream.destroy();
      // What was said is said again, as by a middlebox that tries once more: whole requests or half ones.
      if (said.length > 0 && (isCut || this.#happens(0.5))) void this.#again(Buffer.concat(said));
    });
    upstream.once('close', () => client.destroy());
  }

  #pass(from: Socket, to: Socket, fault: 'cutRequest' | 'cutAnswer', onPiece: (piece: Buffer) => void, onCut: () => void): void {
    from.on('data', (piece: Buffer) => {
      from.pause();
      void (async () => {
        if (this.#happens(0.3)) {
          this.counts.delayed += 1;
          await sleep(20 + this.#random() * 400);
        }
        if (this.#happens(0.25)) {
          this.counts[fault] += 1;
          onCut();
          const part = piece.subarray(0, Math.floor(this.#random() * piece.length));
          onPiece(part);
          to.write(part, () => {
            from.destroy();
            to.destroy();
          });
          return;
        }
        onPiece(piece);
        if (!to.destroyed) to.write(piece);
        from.resume();
      })();
    });
  }

  async #again(bytes: Buffer): Promise<void> {
    this.counts.repeated += 1;
    await sleep(this.#random() * 500);
    const upstream = this.#track(connect(this.target, '127.0.0.1'));
    upstream.on('data', () => undefined);
    upstream.write(bytes);
    await sleep(2_000);
    upstream.destroy();
  }

  #track(socket: Socket): Socket {
    this.#open.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  }
}
