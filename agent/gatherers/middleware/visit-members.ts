/** Asking the members of an instance, a few at a time; one that fails says why and harms no other. */
import { reachOf } from '../../middleware/failure.ts';
import type { Visit } from '../../middleware/visit.ts';
import type { Answerer, Reach } from '../../wire/sections/middleware/products.ts';
import type { Member } from './instance.ts';
import type { InspectContext, MemberState } from './product.ts';

const AT_ONCE = 4;

export interface Outcome<M> {
  readonly member: Member;
  readonly reach: Reach;
  /** Where `reach` is `protocol`, and it can be told. */
  readonly looksLike?: Answerer | undefined;
  /** Left out when the member could not be read. */
  readonly value?: M | undefined;
  readonly statements: number;
  readonly denied: number;
}

/** One visit per member, whose connection ends with `read`. In the order of the members. */
export async function visitMembers<M>(context: InspectContext, read: (visit: Visit, member: Member) => Promise<M>): Promise<readonly Outcome<M>[]> {
  const { members } = context.instance;
  const outcomes: Outcome<M>[] = [];
  const queue = [...members.entries()];
  async function worker(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) outcomes[next[0]] = await visitOne(context, next[1], read);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcomes;
}

/** Members one after the other until one answers: for products where each knows the whole (Kafka, ZooKeeper behind one address). */
export async function visitUntilAnswered<M>(context: InspectContext, read: (visit: Visit, member: Member) => Promise<M>): Promise<readonly Outcome<M>[]> {
  const outcomes: Outcome<M>[] = [];
  for (const member of context.instance.members) {
    const outcome = await visitOne(context, member, read);
    outcomes.push(outcome);
    if (outcome.value !== undefined) break;
  }
  return outcomes;
}

export interface Answered<G, T> {
  /** What every member says of itself. */
  readonly greeting: G;
  /** What the one that was asked for it tells of the whole. */
  readonly told?: T | undefined;
}
/**
 * For products where each member knows the whole: every member is greeted, so that one that is away is not taken for one that was
 * not asked, and one of them is asked for the rest. When that one fails, another is asked.
 */
export async function visitAllAskingOne<G, T>(
  context: InspectContext,
  greet: (visit: Visit) => Promise<G>,
  tell: (visit: Visit, greeting: G) => Promise<T>,
): Promise<{ readonly outcomes: readonly Outcome<Answered<G, T>>[]; readonly told: T | undefined }> {
  let asked: Promise<boolean> | undefined;
  const outcomes = await visitMembers(context, async (visit): Promise<Answered<G, T>> => {
    const greeting = await greet(visit);
    // Who comes later waits for the one that is asked: it may fail yet.
    while (asked) if (await asked) return { greeting };
    const { promise, resolve } = Promise.withResolvers<boolean>();
    asked = promise;
    try {
      const told = await tell(visit, greeting);
      resolve(true);
      return { greeting, told };
    } catch (error) {
      asked = undefined;
      resolve(false);
      throw error;
    }
  });
  return { outcomes, told: outcomes.map(({ value }) => value?.told).find((told) => told !== undefined) };
}

async function visitOne<M>(context: InspectContext, member: Member, read: (visit: Visit, member: Member) => Promise<M>): Promise<Outcome<M>> {
  if (member.address === undefined) return { member, reach: 'not-addressed', statements: 0, denied: 0 };
  let visit: Visit | undefined;
  try {
    visit = await context.visit(member);
    const value = await read(visit, member);
    return { member, value, reach: visit.denied > 0 ? 'partial' : 'ok', statements: visit.statements, denied: visit.denied };
  } catch (error) {
    const reach = reachOf(error);
    const explained = visit ? await visit.explain(reach, context.instance.product) : { reach };
    return { member, ...explained, statements: visit?.statements ?? 0, denied: visit?.denied ?? 0 };
  } finally {
    visit?.[Symbol.dispose]();
  }
}

/** The word for the whole: `ok` when all are, the common failure when none answered, `partial` otherwise. */
export function reachOfAll(outcomes: readonly Pick<Outcome<unknown>, 'reach' | 'value'>[]): Reach {
  if (outcomes.length === 0) return 'not-addressed';
  if (outcomes.every(({ reach }) => reach === 'ok')) return 'ok';
  if (outcomes.some(({ value }) => value !== undefined)) return 'partial';
  return outcomes[0]?.reach ?? 'failed';
}

/** States of the members for the inventory. */
export function memberStates<M>(outcomes: readonly Outcome<M>[], told: (value: M) => Pick<MemberState, 'role' | 'version'>): MemberState[] {
  return outcomes.map(({ member, value, reach, looksLike, statements, denied }) => ({
    member: member.name,
    reach,
    looksLike,
    statements,
    denied,
    ...(value === undefined ? { role: 'unknown' } : told(value)),
  }));
}
