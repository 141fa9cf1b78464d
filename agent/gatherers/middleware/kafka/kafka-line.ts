/** Kafka's headers around what the library writes and reads. */
import type { Callback, ResponseParser, Writer } from '@platformatic/kafka';
import { InstanceFailure } from '../../../middleware/failure.ts';
import { FramedLine } from '../../../middleware/framed-line.ts';
import type { Line } from '../../../middleware/line.ts';
import { newMessage, readerOf } from './library.ts';

/** What brokers take at the most by default (`socket.request.max.bytes`). */
const MOST_FRAME_BYTES = 100 * 1024 * 1024;
const CLIENT_ID = 'xunjian';

/** Has the one method that the library's requests call on a connection. */
export class KafkaLine {
  readonly #frames: FramedLine;
  #correlation = 0;

  constructor(line: Line, mostBytes: number) {
    this.#frames = new FramedLine(line, { mostBytes, mostFrameBytes: MOST_FRAME_BYTES });
  }

  /** Why the line was of no use, when it was. */
  get failure(): InstanceFailure | undefined {
    return this.#frames.failure;
  }

  /** The contract of the library's `Connection.send`. */
  send<T>(
    apiKey: number,
    apiVersion: number,
    createPayload: () => Writer | Promise<Writer>,
    parser: ResponseParser<T>,
    hasRequestTags: boolean,
    hasResponseTags: boolean,
    callback: Callback<T>,
  ): void {
    this.#exchange(apiKey, apiVersion, createPayload, parser, hasRequestTags, hasResponseTags).then(
      (answer) => callback(null, answer),
      (error: unknown) => callback(error instanceof Error ? error : new InstanceFailure('failed')),
    );
  }

  async #exchange<T>(
    apiKey: number,
    apiVersion: number,
    createPayload: () => Writer | Promise<Writer>,
    parser: ResponseParser<T>,
    hasRequestTags: boolean,
    hasResponseTags: boolean,
  ): Promise<T> {
    this.#correlation += 1;
    const correlation = this.#correlation;
    const message = newMessage().appendInt16(apiKey).appendInt16(apiVersion).appendInt32(correlation).appendString(CLIENT_ID, false);
    if (hasRequestTags) message.appendTaggedFields();
    message.appendFrom(await createPayload()).prependLength();
    const reader = readerOf(await this.#frames.exchange(message.buffer));
    if (reader.readInt32() !== correlation) throw new InstanceFailure('protocol');
    if (hasResponseTags) reader.readTaggedFields();
    return await parser(correlation, apiKey, apiVersion, reader);
  }
}
