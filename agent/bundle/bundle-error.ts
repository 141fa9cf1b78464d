/** Why a bundle is not taken, in one word. The message quotes nothing of the bundle. */
export const BUNDLE_FAULTS = [
  'not-a-bundle',
  'encrypted',
  'wrong-identity',
  'truncated',
  'signature',
  'key',
  'changed',
  'foreign-entry',
  'too-large',
  'foreign-cluster',
  'unknown-key',
  'nothing',
  'needs-key',
  'not-consented',
] as const;
export type BundleFault = (typeof BUNDLE_FAULTS)[number];

export class BundleError extends Error {
  override readonly name = 'BundleError';
  readonly fault: BundleFault;
  /** What helps to find it: a part's number, a key's id; nothing from the inside of an untrusted file. */
  readonly detail: string | undefined;
  constructor(fault: BundleFault, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? fault : `${fault}: ${detail}`, options);
    this.fault = fault;
    this.detail = detail;
  }
}
