/** One HTTP request to the collector and its answer. */
import { axios } from '../runtime/axios.ts';

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  /** Which connections are used; the proxy is its business. */
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

/** Any status is an answer. @throws AxiosError with the network's code, `ERR_CANCELED` after a deadline, `ERR_BAD_RESPONSE` for one that is too long */
export async function exchange(url: URL, { method, headers, body, agent, mostBytes, signal }: Exchange): Promise<Answer> {
  const answer = await axios.request<unknown>({
    url: url.href,
    method,
    headers,
    data: body,
    httpAgent: agent,
    httpsAgent: agent,
    proxy: false,
    maxRedirects: 0, // a redirect could carry payload and token elsewhere
    decompress: false,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    maxContentLength: mostBytes,
    maxBodyLength: Number.POSITIVE_INFINITY, // bounded by the batch
    signal,
    validateStatus: () => true,
  });
  return { status: answer.status, headers: answer.headers, text: typeof answer.data === 'string' ? answer.data : '' };
}
