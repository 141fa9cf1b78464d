/**
 * Speaks MongoDB's protocol and answers commands from a table: what a real server answered, or what the manual shows. Signs in
 * by SCRAM-SHA-256 as the RFC says, so that a client that does not know the password is refused.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { BSON } from 'mongodb';

const OP_QUERY = 2_004;
const OP_MSG = 2_013;
const OP_REPLY = 1;
const ITERATIONS = 4_096;
/** What {@link Manners.greedy} asks for: hours of hashing. */
const GREEDY = 2_000_000_000;

type Document = BSON.Document;
/** A document by command; a number is the code of an error; left out: no such command (59). */
export type Answers = Readonly<Record<string, Document | number>>;
export interface Manners {
  /** Whoever knows it may ask; left out: anybody. */
  readonly user?: { readonly name: string; readonly password: string };
  /** Refused although signed in (13). */
  readonly refused?: readonly string[];
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Asks for more rounds of hashing than anybody would wait for. */
  readonly greedy?: true;
}

export class MongodbServers {
  readonly #servers: Server[] = [];
  /** Every command that was asked, with its document. */
  readonly asked: Document[] = [];

  /** @returns the port */
  async start(answers: Answers, manners: Manners = {}): Promise<number> {
    const serve = (socket: Socket): void => {
      const session = new Session(answers, manners);
      let waiting = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        waiting = Buffer.concat([waiting, chunk]);
        if (waiting.length >= 16 && ![OP_QUERY, OP_MSG].includes(waiting.readInt32LE(12))) socket.destroy(); // as the real one does with what it does not understand
        while (!socket.destroyed && waiting.length >= 16 && waiting.length >= waiting.readInt32LE(0)) {
          const message = waiting.subarray(0, waiting.readInt32LE(0));
          waiting = waiting.subarray(message.length);
          const { command, isQuery } = commandOf(message);
          this.asked.push(command);
          socket.write(replyTo(message, session.answer(command), isQuery));
        }
      });
    };
    const server = manners.tls ? createTls(manners.tls, serve) : createServer(serve);
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }
  [Symbol.dispose](): void {
    for (const server of this.#servers) server.close();
  }
}

/** One connection: who it is, and how far signing in went. */
class Session {
  readonly #answers: Answers;
  readonly #manners: Manners;
  #first = '';
  #salt = randomBytes(16);
  #nonce = '';
  #isSignedIn = false;

  constructor(answers: Answers, manners: Manners) {
    this.#answers = answers;
    this.#manners = manners;
  }

  answer(command: Document): Document {
    const name = Object.keys(command)[0] ?? '';
    if (name === 'ismaster' || name === 'isMaster' || name === 'hello') {
      const greeting = this.#answers['hello'];
      return { ...(typeof greeting === 'object' ? greeting : {}), ...(command['saslSupportedMechs'] && { saslSupportedMechs: ['SCRAM-SHA-256'] }), ok: 1 };
    }
    if (name === 'saslStart') return this.#begin(String(command['payload']?.toString('utf8')));
    if (name === 'saslContinue') return this.#prove(String(command['payload']?.toString('utf8')));
    if (name !== 'buildInfo' && this.#manners.user && !this.#isSignedIn) return failed(13, `command ${name} requires authentication`);
    if (this.#manners.refused?.includes(name)) return failed(13, `not authorized on admin to execute command { ${name}: 1, canary: "x" }`);
    const answer = this.#answers[name] ?? 59;
    return typeof answer === 'number' ? failed(answer, 'canary in an error') : { ...answer, ok: 1 };
  }

  #begin(payload: string): Document {
    this.#first = payload.replace(/^n,[^,]*,/, '');
    this.#nonce = `${/(?:^|,)r=([^,]*)/.exec(payload)?.[1] ?? ''}${randomBytes(12).toString('base64')}`;
    if (/(?:^|,)n=([^,]*)/.exec(this.#first)?.[1] !== this.#manners.user?.name) return failed(18, 'Authentication failed.');
    return { conversationId: 1, done: false, payload: new BSON.Binary(Buffer.from(this.#challenge)), ok: 1 };
  }
  get #challenge(): string {
    return `r=${this.#nonce},s=${this.#salt.toString('base64')},i=${this.#manners.greedy ? GREEDY : ITERATIONS}`;
  }
  #prove(payload: string): Document {
    if (payload === '') return { conversationId: 1, done: true, payload: new BSON.Binary(Buffer.alloc(0)), ok: 1 };
    const salted = pbkdf2Sync(this.#manners.user?.password ?? '', this.#salt, ITERATIONS, 32, 'sha256');
    const mac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
    const clientKey = mac(salted, 'Client Key');
    const [without = '', proof = ''] = payload.split(',p=');
    const transcript = `${this.#first},${this.#challenge},${without}`;
    const signature = mac(createHash('sha256').update(clientKey).digest(), transcript);
    const expected = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))).toString('base64');
    if (proof !== expected) return failed(18, 'Authentication failed.');
    this.#isSignedIn = true;
    const verifier = `v=${mac(mac(salted, 'Server Key'), transcript).toString('base64')}`;
    return { conversationId: 1, done: true, payload: new BSON.Binary(Buffer.from(verifier)), ok: 1 };
  }
}
function failed(code: number, errmsg: string): Document {
  return { ok: 0, code, codeName: 'canary', errmsg };
}

function commandOf(message: Buffer): { command: Document; isQuery: boolean } {
  if (message.readInt32LE(12) === OP_MSG) return { command: BSON.deserialize(message.subarray(21)), isQuery: false };
  if (message.readInt32LE(12) !== OP_QUERY) return { command: {}, isQuery: false };
  const name = message.indexOf(0, 20); // flags, then the collection's name
  return { command: BSON.deserialize(message.subarray(name + 9)), isQuery: true };
}
function replyTo(message: Buffer, document: Document, isQuery: boolean): Buffer {
  const body = BSON.serialize(document);
  const inner = isQuery ? 20 : 5;
  const head = Buffer.alloc(16 + inner);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  if (isQuery) head.writeInt32LE(1, 32);
  return Buffer.concat([head, body]);
}
