/**
 * What seems to listen at an address where the declared product was not understood: a wrong port or a wrong `product` is the commonest
 * reason, and "no answer" alone sends people to look for a firewall. Says nothing that a server acts on, keeps nothing of what it hears.
 */
import type { Socket } from 'node:net';
import type { Answerer } from '../wire/sections/middleware/products.ts';
import type { Address } from './declaration.ts';
import { type LineOptions, openLine } from './line.ts';

/** Servers that speak first do so at once. */
const GREETING_MS = 300;
const REPLY_MS = 600;
const MOST_BYTES = 4_096;
/** An inline command of Redis, no request of HTTP, no header of AMQP: each replies in its own way. Eight bytes, as AMQP waits for. */
const HELLO = Buffer.from('PING\r\n\r\n');
/** SSLRequest of the PostgreSQL protocol: replied to with one letter before anybody signs in. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Two short connections at the most; `undefined` when nobody says anything that is known here. */
export async function whoAnswers(address: Address, options: Pick<LineOptions, 'limits' | 'signal'>): Promise<Answerer | undefined> {
  const heard = await hear(address, options, HELLO);
  const known = greeterOf(heard) ?? replierOf(heard);
  if (known !== undefined) return known;
  const letter = await hear(address, options, SSL_REQUEST, 0);
  return letter.length === 1 && (letter[0] === 0x4e || letter[0] === 0x53) ? 'postgresql' : undefined; // N, S
}

async function hear(address: Address, { limits, signal }: Pick<LineOptions, 'limits' | 'signal'>, say: Buffer, greetingMs = GREETING_MS): Promise<Buffer> {
  try {
    const { socket } = await openLine(address, { limits: { ...limits, connectMs: Math.min(limits.connectMs, REPLY_MS), answerBytes: MOST_BYTES }, signal });
    try {
      const greeting = greetingMs > 0 ? await next(socket, greetingMs) : Buffer.alloc(0);
      if (greeting.length > 0) return greeting;
      socket.write(say);
      return await next(socket, REPLY_MS);
    } finally {
      socket.destroy();
    }
  } catch {
    return Buffer.alloc(0); // whatever it is, it is told by the failure that led here
  }
}
/** The first bytes that come, or none. */
async function next(socket: Socket, withinMs: number): Promise<Buffer> {
  return await new Promise((resolve) => {
    const end = (bytes?: unknown): void => {
      clearTimeout(timer);
      socket.removeListener('data', end).removeListener('close', end).pause();
      resolve(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
    };
    const timer = setTimeout(end, withinMs);
    socket.on('data', end).on('close', end).resume();
  });
}

function greeterOf(heard: Buffer): Answerer | undefined {
  if (heard.subarray(0, 4).toString('latin1') === 'SSH-') return 'ssh';
  const length = heard.length > 5 ? heard.readUIntLE(0, 3) : 0;
  // A packet of number 0 with protocol version 10, or an error: "host is blocked", "too many connections".
  return length > 2 && length < 1_024 && heard[3] === 0 && (heard[4] === 0x0a || heard[4] === 0xff) ? 'mysql' : undefined;
}
function replierOf(heard: Buffer): Answerer | undefined {
  const text = heard.subarray(0, 16).toString('latin1');
  if (/^(\+PONG|-(NOAUTH|DENIED|ERR|LOADING|NOPERM|MASTERDOWN)\b)/.test(text)) return 'redis';
  if (text.startsWith('HTTP/')) return 'http';
  return text.startsWith('AMQP') ? 'rabbitmq' : undefined;
}
