import type { Evidence } from './evidence.ts';

/** Where the leak suite searches; SECURITY.md prints the same list. */
export const PLACES = [
  'wire bytes',
  'outbox',
  'dead letters',
  'ledger',
  'last inspection',
  'agent output',
  'agent metrics',
  'crash output',
  'collector output',
  'collector metrics',
  'collector database',
  'incidents',
  'mails',
  'reports',
] as const;
/** Behind a site whose own collector knows the names. */
export const ONWARD_PLACES = [
  'forwarded bytes',
  'bundles',
  'database of the support centre',
  'incidents of the support centre',
  'pages of the support centre',
  'output of the support centre',
] as const;
export type Place = (typeof PLACES | typeof ONWARD_PLACES)[number];

/** The table that SECURITY.md shows. */
export function tableOf({ places, disguises, found }: Evidence, shown: readonly Place[]): string {
  const rows = shown.map((place) => {
    const { items = 0, bytes = 0 } = places.get(place) ?? {};
    return `| ${place} | ${items} | ${(bytes / 1_000).toFixed(0)} kB | ${found.filter((one) => one.place === place).length} |`;
  });
  return [`${disguises} disguises`, '| place | items | searched | found |', '|---|---|---|---|', ...rows].join('\n');
}
