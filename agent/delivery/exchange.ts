/**
 * One HTTP request and its answer, by Node's own client. Not axios, which the cluster's questions use: it brings form data, redirects,
 * HTTP/2 and a list of media types, some 9 MiB of a process that stays on every node and needs none of them.
 */
import https from 'node:https';
import { http } from '../runtime/node-http.ts';

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  /** Which connections are used. */
  readonly agent: import('node:http').Agent;
  /** Longest answer that is read. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
}
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** As it came: nothing is decompressed. */
  readonly text: string;
}

/** An answer that is no whole answer, or a longer one than is read. */
export class MalformedAnswerError extends Error {
  override readonly name = 'MalformedAnswerError';
  readonly code = 'MALFORMED_ANSWER';
}

/** Follows no redirect. @throws what the network says, the signal's reason, MalformedAnswerError */
export async function exchange(url: URL, { method, headers, body, agent, mostBytes, signal }: Exchange): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const fail = (error: Error): void => reject(signal.aborted ? signal.reason : error);
  const { request: ask } = url.protocol === 'http:' ? http : https;
  const length = body === undefined ? {} : { 'content-length': String(body.length) };
  const request = ask(url, { method, headers: { ...headers, ...length }, agent, signal }, (response) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    response.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= mostBytes) return void parts.push(part);
      reject(new MalformedAnswerError('too long'));
      request.destroy();
    });
    response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString('utf8') }));
    response.on('error', (cause) => fail(new MalformedAnswerError('cut short', { cause })));
  });
  // On: one that was given up may complain again.
  request.on('error', fail);
  request.end(body);
  return await promise;
}
