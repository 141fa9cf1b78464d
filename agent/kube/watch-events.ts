/** The stream of a watch: one JSON event a line. */
import { KubeError } from './errors.ts';
import { type Json, numberAt, objectAt, textAt } from './read.ts';

/** etcd refuses objects over 1.5 MiB by default; nothing legitimate is larger than this. */
const MAX_EVENT_BYTES = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/** `ERROR` never comes out: it is thrown. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: Json;
}

/**
 * Events of the bytes as they arrive; no more than one is held. A cut line at the end is no event.
 * @throws KubeError what the server said instead of an event (410: the version is too old), `malformed`, `too-large`
 */
export async function* eventsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<WatchEvent> {
  for await (const line of linesOf(chunks)) {
    const event = parseEvent(line);
    if (event !== undefined) yield event;
  }
}

/** Complete lines; each is one event, at most as large as one object. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      pieces.push(chunk.subarray(from, end));
      yield pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
      pieces = [];
      length = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    pieces.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > MAX_EVENT_BYTES) throw new KubeError('too-large');
  }
}

/** @throws KubeError what the server said instead of an event */
function parseEvent(line: Buffer): WatchEvent | undefined {
  if (line.length === 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line.toString('utf8'));
  } catch {
    throw new KubeError('malformed'); // without the cause: its message quotes the text
  }
  const type = textAt(value, 'type');
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED' || type === 'BOOKMARK') return { type, object: objectAt(value, 'object') };
  if (type !== 'ERROR') return undefined; // a word of a later release
  const code = numberAt(value, 'object', 'code');
  throw new KubeError(code === 429 ? 'throttled' : code !== undefined && code >= 500 ? 'unreachable' : 'failed', code);
}
