/** The reading of products where one member that answers tells of the whole. */
import type { Mode } from '../../wire/sections/middleware/products.ts';
import type { MemberState } from './product.ts';
import { memberStates, type Outcome, reachOfAll } from './visit-members.ts';

/** What to say of the instance and its members when the first that answered is believed. */
export function wholeOf<M>(
  outcomes: readonly Outcome<M>[],
  told: (value: M) => Pick<MemberState, 'role' | 'version'>,
): { readonly value: M | undefined; readonly reach: ReturnType<typeof reachOfAll>; readonly members: readonly MemberState[] } {
  const answered = outcomes.find(({ value }) => value !== undefined);
  return { value: answered?.value, reach: answered?.reach ?? reachOfAll(outcomes), members: memberStates(outcomes, told) };
}
export function modeOr(value: Mode | undefined, declared: Mode | undefined): Mode {
  return value ?? declared ?? 'unknown';
}
