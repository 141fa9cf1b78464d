/** What delivery is told. Plain data: the inspection's process gets it too. */
import type { CredentialFiles } from './credentials.ts';
import type { BoundaryName } from './record.ts';

export interface DeliveryOptions extends CredentialFiles {
  /** The ingest endpoint, as `ingestUrl` makes it. */
  readonly url: string;
  /** `http://user:password@host:port` */
  readonly proxy?: string | undefined;
  readonly boundary: BoundaryName;
  readonly maxBytes: number;
  readonly maxAgeSeconds: number;
  readonly heartbeatSeconds: number;
  /** Files `level`, `hold`, `approved` that say what may leave; left out: everything. */
  readonly consentFolder?: string | undefined;
}
