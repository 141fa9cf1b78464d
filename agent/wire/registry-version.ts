/** Which contract a payload was built by: the schema's number, and a digest of every registered field for those who compare programs. */
import { createHash } from 'node:crypto';
import { SCHEMA_VERSION } from './inspection.ts';
import { SECTIONS } from './registry.ts';

export interface RegistryVersion {
  readonly schema: number;
  /** 16 hexadecimal digits. */
  readonly digest: string;
}

export function registryVersion(): RegistryVersion {
  return { schema: SCHEMA_VERSION, digest: createHash('sha256').update(JSON.stringify(SECTIONS)).digest('hex').slice(0, 16) };
}
