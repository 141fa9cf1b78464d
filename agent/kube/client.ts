import type { Json } from './read.ts';
export declare class KubeClient {
  list(path: string, signal: AbortSignal, options: object): AsyncGenerator<Json>;
  getJson(path: string, signal: AbortSignal): Promise<Json>;
  getText(path: string, signal: AbortSignal): Promise<{ status: number; text: string }>;
  lines(path: string, signal: AbortSignal): AsyncGenerator<string>;
}
