/**
 * Question and answer over a line whose messages begin with their length in four bytes, the greatest first (Kafka, RocketMQ).
 * One question at a time, nothing repeated; what is no such message ends the line.
 */
import { InstanceFailure, reachOf } from './failure.ts';
import type { Line } from './line.ts';

export interface FrameLimits {
  /** Longer is no message of the protocol: it is another protocol's text. */
  readonly mostFrameBytes: number;
  /** Longer is more than we take. */
  readonly mostBytes: number;
}

export class FramedLine {
  readonly #line: Line;
  readonly #limits: FrameLimits;
  #received: Buffer[] = [];
  #receivedBytes = 0;
  #waiting: { readonly take: (message: Buffer) => void; readonly fail: (error: Error) => void } | undefined;
  #failure: InstanceFailure | undefined;

  constructor(line: Line, limits: FrameLimits) {
    this.#line = line;
    this.#limits = limits;
    line.socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    line.socket.on('error', (error) => this.#end(error));
    line.socket.on('close', () => this.#end(new InstanceFailure('protocol'))); // it hung up on us
  }

  /** Why the line is of no use any more, when it is. */
  get failure(): InstanceFailure | undefined {
    return this.#line.failure() ?? this.#failure;
  }

  /** @param message with its length. @returns the answer without its length. @throws InstanceFailure */
  async exchange(message: Buffer): Promise<Buffer> {
    if (this.failure) throw this.failure;
    if (this.#waiting) throw new InstanceFailure('failed');
    return await new Promise<Buffer>((take, fail) => {
      this.#waiting = { take, fail };
      this.#line.socket.write(message);
    });
  }

  #onData(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes < 4) return;
    if ((this.#received[0]?.length ?? 0) < 4) this.#received = [Buffer.concat(this.#received)];
    const length = this.#received[0]?.readInt32BE(0) ?? 0;
    if (length < 4 || length > this.#limits.mostFrameBytes) this.#end(new InstanceFailure('protocol'));
    else if (length > this.#limits.mostBytes) this.#end(new InstanceFailure('too-large'));
    else if (this.#receivedBytes >= length + 4) this.#take(length);
  }
  /** @param length of the message that is here in whole */
  #take(length: number): void {
    const all = Buffer.concat(this.#received);
    const waiting = this.#waiting;
    this.#received = [];
    this.#receivedBytes = 0;
    // More than was asked for, or without being asked: not what such a server does.
    if (!waiting || all.length > length + 4) this.#end(new InstanceFailure('protocol'));
    else {
      this.#waiting = undefined;
      waiting.take(all.subarray(4));
    }
  }

  #end(error: Error): void {
    this.#failure ??= error instanceof InstanceFailure ? error : new InstanceFailure(reachOf(error));
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.fail(this.failure ?? this.#failure);
    this.#line.socket.destroy();
  }
}
