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
export type Place = (typeof PLACES)[number];
