/**
 * The official driver's own connection, over a socket of ours. Its client would open more of them (monitors, a pool) and find
 * other members by itself; what is needed of it is the protocol and the ways to sign in. Pinned to one version with the lock file.
 */
import { createRequire } from 'node:module';
import type { Binary, Document } from 'mongodb';
import { InstanceFailure } from '../../../middleware/failure.ts';
import type { Line } from '../../../middleware/line.ts';

type Socket = Line['socket'];

/** One connection that has greeted and signed in. */
export interface Connection {
  command(namespace: unknown, command: Document, options?: object): Promise<Document>;
  destroy(): void;
  on(event: string, listener: () => void): void;
  readonly hello?: Document | undefined;
}
interface Parts {
  readonly makeConnection: (options: object, socket: Socket) => Connection;
  readonly performInitialHandshake: (connection: Connection, options: object) => Promise<void>;
  readonly MongoCredentials: new (parts: object) => object;
  readonly MongoClientAuthProviders: new () => object;
  readonly ns: (namespace: string) => unknown;
}
const require = createRequire(import.meta.url);
const { makeConnection, performInitialHandshake } = require('mongodb/lib/cmap/connect') as Pick<Parts, 'makeConnection' | 'performInitialHandshake'>;
const { MongoCredentials } = require('mongodb/lib/cmap/auth/mongo_credentials') as Pick<Parts, 'MongoCredentials'>;
const { MongoClientAuthProviders } = require('mongodb/lib/mongo_client_auth_providers') as Pick<Parts, 'MongoClientAuthProviders'>;
const { ns } = require('mongodb/lib/utils') as Pick<Parts, 'ns'>;

/** Commands are all for the database of administration. */
export const ADMIN = ns('admin.$cmd');
/** First release whose protocol the driver takes without a word (4.4); ours needs nothing that came after 3.6. */
const TAKEN = 9;
const LEAST = 6;
/** 15 000 by default; a second of this machine's time at the most. */
const MOST_ROUNDS = 1_000_000;

export interface SignIn {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Database that holds the user. */
  readonly source: string;
  /** Signing in by the client's certificate. */
  readonly certificate: boolean;
}

/** @throws what the driver throws; texts in it are foreign */
export async function greet(socket: Socket, host: string, port: number, signIn: SignIn): Promise<Connection> {
  const credentials = credentialsOf(signIn);
  const options = {
    id: 1,
    generation: 0,
    hostAddress: { host, port, toString: () => 'server' },
    tls: signIn.certificate,
    metadata: Promise.resolve({ driver: { name: 'xunjian', version: '0' }, os: { type: 'unknown' } }),
    monitorCommands: false,
    serverApi: undefined,
    loadBalanced: false,
    promoteLongs: true,
    authProviders: new MongoClientAuthProviders(),
    ...(credentials && { credentials }),
  };
  const connection = makeConnection(options, socket);
  guard(connection);
  try {
    await performInitialHandshake(connection, options);
    return connection;
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

function credentialsOf({ username, password, source, certificate }: SignIn): object | undefined {
  if (username !== undefined && password !== undefined) return new MongoCredentials({ username, password, source, mechanism: 'DEFAULT', mechanismProperties: {} });
  if (certificate) return new MongoCredentials({ username: '', password: '', source: '$external', mechanism: 'MONGODB-X509', mechanismProperties: {} });
  return undefined;
}

/**
 * What comes between the driver and a server: releases 3.6 to 4.2, which are out of maintenance, are spoken to, since that is
 * worth telling; a server that asks for more rounds of hashing than any does by itself is refused, for the driver would do them all.
 */
function guard(connection: Connection): void {
  const command = connection.command.bind(connection);
  connection.command = async (...asked) => {
    const answer = await command(...asked);
    const wire: unknown = answer['maxWireVersion'];
    if (typeof wire === 'number' && wire >= LEAST && wire < TAKEN) answer['maxWireVersion'] = TAKEN;
    if (roundsAsked(answer) > MOST_ROUNDS || roundsAsked(answer['speculativeAuthenticate']) > MOST_ROUNDS) throw new InstanceFailure('protocol');
    return answer;
  };
}
/** `i=` of a SCRAM challenge (RFC 5802). */
function roundsAsked(answer: unknown): number {
  const payload = typeof answer === 'object' && answer !== null && 'payload' in answer ? (answer.payload as Binary | string | null) : null;
  return Number(/(?:^|,)i=(\d{1,20})/.exec(String(payload ?? ''))?.[1] ?? 0);
}
