/**
 * The only caller of a RocketMQ name server or broker: framed JSON over the visit's one line, a fixed list of requests that
 * change nothing. A frame is its length, the length of its header, the header as JSON, and a body.
 * Source: org.apache.rocketmq.remoting.protocol.RemotingCommand and AclClientRPCHook, 4.9 and 5.3.
 */
import { createHmac } from 'node:crypto';
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import { FramedLine } from '../../../middleware/framed-line.ts';
import type { Visit } from '../../../middleware/visit.ts';
import { countAt, textAt } from '../json.ts';

/** Everything that this program can ever ask a RocketMQ: codes of `RequestCode`. */
const REQUESTS = { brokerConfig: 26, brokerRuntime: 28, clusterInfo: 106, topicList: 206, consumeStats: 317 } as const;
export type Request = keyof typeof REQUESTS;
/** Codes of `ResponseCode`. */
const SUCCESS = 0;
const SYSTEM_ERROR = 1;
const NOT_SUPPORTED = 3;
const NO_PERMISSION = 16;
const IS_RESPONSE = 1;
const MOST_HEADER_BYTES = 64 * 1024;
/** Beyond is no frame of this protocol (`com.rocketmq.remoting.frameMaxLength` is 16 MiB). */
const MOST_FRAME_BYTES = 16 * 1024 * 1024;

export class RocketmqClient {
  readonly #visit: Visit;
  readonly #frames: FramedLine;
  #opaque = 0;

  private constructor(visit: Visit, frames: FramedLine) {
    this.#visit = visit;
    this.#frames = frames;
  }

  /** @throws InstanceFailure */
  static async open(visit: Visit): Promise<RocketmqClient> {
    return new RocketmqClient(visit, new FramedLine(await visit.connect(), { mostBytes: visit.limits.answerBytes, mostFrameBytes: MOST_FRAME_BYTES }));
  }

  /** The body; `undefined` when the server does not know the request, or could not answer it. @throws InstanceFailure */
  async ask(request: Request, fields: Readonly<Record<string, string>> = {}): Promise<string | undefined> {
    this.#opaque += 1;
    const sent = frameOf(REQUESTS[request], this.#opaque, signed(fields, this.#visit.secrets));
    let frame: Buffer;
    try {
      frame = await this.#visit.ask(() => this.#frames.exchange(sent));
    } catch (error) {
      if (error instanceof InstanceFailure) throw error;
      const reach = reachOf(error);
      throw new InstanceFailure(reach === 'failed' ? 'protocol' : reach);
    }
    const { header, body } = parseFrame(frame);
    if (countAt(header, 'opaque') !== this.#opaque || ((countAt(header, 'flag') ?? 0) & IS_RESPONSE) === 0) throw new InstanceFailure('protocol');
    const code = countAt(header, 'code');
    if (code === SUCCESS) return body;
    if (code === NOT_SUPPORTED) return undefined;
    const refusal = refusalOf(code, textAt(header, 'remark') ?? '', this.#visit.secrets.password !== undefined);
    if (refusal) throw refusal;
    return undefined;
  }
}

function frameOf(code: number, opaque: number, extFields: Readonly<Record<string, string>>): Buffer {
  const header = Buffer.from(JSON.stringify({ code, flag: 0, language: 'JAVA', opaque, serializeTypeCurrentRPC: 'JSON', version: 0, extFields }));
  const lengths = Buffer.alloc(8);
  lengths.writeInt32BE(4 + header.length, 0);
  lengths.writeInt32BE(header.length, 4); // the highest byte is the way of serializing: 0 is JSON
  return Buffer.concat([lengths, header]);
}

/** Values in the order of their keys, signed with the secret key: it is never sent. */
export function signed(fields: Readonly<Record<string, string>>, { username, password }: Visit['secrets']): Readonly<Record<string, string>> {
  if (password === undefined) return fields;
  const all: Readonly<Record<string, string>> = { ...fields, AccessKey: username ?? '' };
  const content = Object.keys(all)
    .sort()
    .map((key) => all[key])
    .join('');
  return { ...all, Signature: createHmac('sha1', password).update(content).digest('base64') };
}

/** @param frame without its own length. @throws InstanceFailure `protocol` */
export function parseFrame(frame: Buffer): { readonly header: unknown; readonly body: string } {
  const word = frame.length >= 4 ? frame.readInt32BE(0) : 0;
  const length = word & 0xff_ff_ff;
  if (word >>> 24 !== 0 || length === 0 || length > MOST_HEADER_BYTES || length + 4 > frame.length) throw new InstanceFailure('protocol');
  try {
    return { header: JSON.parse(frame.toString('utf8', 4, 4 + length)) as unknown, body: frame.toString('utf8', 4 + length) };
  } catch {
    throw new InstanceFailure('protocol');
  }
}

/** The remark is looked at for the name of the exception only; access control of 4.x has no code of its own. */
function refusalOf(code: number | undefined, remark: string, isSigned: boolean): InstanceFailure | undefined {
  const isAccess = code === NO_PERMISSION || (code === SYSTEM_ERROR && /\b(Acl|Authentication|Authorization)Exception\b/.test(remark));
  if (!isAccess) return undefined;
  if (!isSigned) return new InstanceFailure('credentials-missing');
  return new InstanceFailure(/signature|no acl ?config|not (found|exist)|AuthenticationException/i.test(remark) ? 'wrong-credentials' : 'no-rights');
}
