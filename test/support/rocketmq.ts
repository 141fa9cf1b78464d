/** Name servers and brokers that answer with recorded bodies: the framing is real, the answers are those of a real RocketMQ. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';

export interface Recorded {
  readonly name: string;
  /** By code of the request. */
  readonly answers: Readonly<Record<string, { readonly header: Readonly<Record<string, unknown>>; readonly body: string }>>;
}
export function rocketmqMembers(): readonly Recorded[] {
  const file = join(import.meta.dirname, '../fixtures/middleware/rocketmq/cluster-5.3.3.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly members: readonly Recorded[] }).members;
}
export function rocketmqMember(name: string): Recorded {
  const found = rocketmqMembers().find((one) => one.name === name);
  if (!found) throw new Error(`no recording of ${name}`);
  return found;
}
/** A member with one body changed. */
export function withBody(recorded: Recorded, code: number, change: (body: string) => string): Recorded {
  const answer = recorded.answers[code];
  return answer ? { ...recorded, answers: { ...recorded.answers, [code]: { ...answer, body: change(answer.body) } } } : recorded;
}

export interface MemberOptions {
  readonly account?: { readonly accessKey: string; readonly secretKey: string };
  readonly tls?: { readonly cert: string; readonly key: string };
}

export class RocketmqServers {
  readonly #servers: Server[] = [];
  /** Codes of the requests that were asked. */
  readonly asked: number[] = [];
  readonly heard: Buffer[] = [];

  async start(recorded: Recorded, { account, tls }: MemberOptions = {}): Promise<number> {
    const serve = (socket: Socket): void => this.#serve(socket, recorded, account);
    const server = tls ? createTls(tls, serve) : createServer(serve);
    server.on('tlsClientError', () => undefined);
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  #serve(socket: Socket, { answers }: Recorded, account: MemberOptions['account']): void {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.heard.push(chunk);
      received = Buffer.concat([received, chunk]);
      if (received.length >= 4 && received.readInt32BE(0) > 1_000_000) return void socket.destroy(); // a TLS greeting
      while (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
        const request = received.subarray(4, 4 + received.readInt32BE(0));
        received = received.subarray(4 + request.length);
        const header = JSON.parse(request.toString('utf8', 4, 4 + (request.readInt32BE(0) & 0xff_ff_ff))) as { code: number; opaque: number; extFields?: Record<string, string> };
        this.asked.push(header.code);
        const answer = isSigned(header.extFields ?? {}, account)
          ? answers[header.code]
          : { header: { code: 16, flag: 1, remark: 'AuthenticationException: check signature failed.' }, body: '' };
        socket.write(frameOf({ ...(answer?.header ?? { code: 3, flag: 1 }), opaque: header.opaque }, answer?.body ?? ''));
      }
    });
  }
  [Symbol.dispose](): void {
    for (const server of this.#servers) server.close();
  }
}

/** As org.apache.rocketmq.acl.common.AclUtils does: values in the order of their keys. */
function isSigned(fields: Readonly<Record<string, string>>, account: MemberOptions['account']): boolean {
  if (!account) return true;
  const { Signature, ...rest } = fields;
  const content = Object.keys(rest)
    .sort()
    .map((key) => rest[key])
    .join('');
  return rest['AccessKey'] === account.accessKey && Signature === createHmac('sha1', account.secretKey).update(content).digest('base64');
}
export function frameOf(header: object, body: string): Buffer {
  const head = Buffer.from(JSON.stringify(header));
  const tail = Buffer.from(body);
  const lengths = Buffer.alloc(8);
  lengths.writeInt32BE(4 + head.length + tail.length, 0);
  lengths.writeInt32BE(head.length, 4);
  return Buffer.concat([lengths, head, tail]);
}
