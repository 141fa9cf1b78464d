/**
 * JMX over Jolokia: one POST with a fixed list of reads. Names of MBeans are found by pattern, because they differ between
 * releases; attributes are an allow-list. The one operation, `findDeadlockedThreads`, changes nothing.
 */
import { InstanceFailure } from '../../../middleware/failure.ts';
import { askJson } from '../../../middleware/http.ts';
import type { Visit } from '../../../middleware/visit.ts';

export interface JolokiaRead {
  /** An ObjectName, or a pattern of one. */
  readonly mbean: string;
  readonly attributes: readonly string[];
}
export interface Bean {
  readonly domain: string;
  /** Key properties, without quotes. */
  readonly keys: ReadonlyMap<string, string>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const MOST_BEANS = 2_000;
const DEADLOCKS = { type: 'exec', mbean: 'java.lang:type=Threading', operation: 'findDeadlockedThreads' } as const;

export interface JolokiaAnswers {
  /** Beans by the index of the read; `undefined` when it was refused or failed. */
  readonly reads: readonly (readonly Bean[] | undefined)[];
  /** Threads that wait for each other; `undefined` when the policy does not let it be asked. */
  readonly deadlockedThreads: number | undefined;
}

/** @throws InstanceFailure `protocol` when it is no Jolokia */
export async function askJolokia(visit: Visit, path: string, reads: readonly JolokiaRead[]): Promise<JolokiaAnswers> {
  const questions = [...reads.map(({ mbean, attributes }) => ({ type: 'read', mbean, attribute: attributes })), DEADLOCKS];
  const answer = await askJson(visit, { method: 'POST', path: `${path}?ignoreErrors=true&includeStackTrace=false&canonicalNaming=false`, body: JSON.stringify(questions) });
  if (!Array.isArray(answer) || answer.length !== questions.length) throw new InstanceFailure('protocol');
  if (!answer.some((one) => statusOf(one) === 200)) throw new InstanceFailure(answer.some((one) => statusOf(one) === 403) ? 'no-rights' : 'protocol');
  const deadlocks = answerOf(answer.at(-1));
  return {
    reads: reads.map(({ mbean }, index) => {
      const one: unknown = answer[index];
      if (statusOf(one) === 403) visit.deny();
      return statusOf(one) === 200 || statusOf(one) === 404 ? beansOf(mbean, answerOf(one)) : undefined;
    }),
    deadlockedThreads: statusOf(answer.at(-1)) !== 200 ? undefined : Array.isArray(deadlocks) ? deadlocks.length : 0,
  };
}

function beansOf(mbean: string, value: unknown): readonly Bean[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!mbean.includes('*')) return [{ ...parseObjectName(mbean), attributes: { ...value } }];
  return Object.entries(value)
    .slice(0, MOST_BEANS)
    .flatMap(([name, attributes]: [string, unknown]) =>
      typeof attributes === 'object' && attributes !== null ? [{ ...parseObjectName(name), attributes: { ...attributes } }] : [],
    );
}
function statusOf(one: unknown): unknown {
  return typeof one === 'object' && one !== null && 'status' in one ? one.status : undefined;
}
function answerOf(one: unknown): unknown {
  return typeof one === 'object' && one !== null && 'value' in one ? one.value : undefined;
}

/** `Catalina:type=ThreadPool,name="http-nio-8080"`; a value may be quoted and then hold commas. */
export function parseObjectName(text: string): Pick<Bean, 'domain' | 'keys'> {
  const colon = text.indexOf(':');
  const keys = new Map<string, string>();
  for (const match of text.slice(colon + 1, 2_048).matchAll(/([^=,]{1,100})=("(?:[^"\\]|\\.)*"|[^,]*)(?:,|$)/g)) {
    const [, key = '', value = ''] = match;
    keys.set(key.trim(), value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value);
  }
  return { domain: text.slice(0, Math.max(0, colon)), keys };
}
