/** Debian's list of packages, `/var/lib/dpkg/status`: stanzas of RFC 822 fields (deb-control(5)), read piece by piece. */
import type { FileHandle } from 'node:fs/promises';
import type { InstalledPackage } from './installed-package.ts';

const CHUNK_BYTES = 64 * 1024;
/** A stanza has a description and dependencies; more than this is none. */
const LONGEST_STANZA = 1024 * 1024;
/** Some machines have ten thousand packages; each has about 2 kB. */
const MOST_BYTES = 128 * 1024 * 1024;

export async function* dpkgPackages(file: FileHandle, signal: AbortSignal): AsyncGenerator<InstalledPackage | undefined> {
  const decoder = new TextDecoder();
  const buffer = Buffer.alloc(CHUNK_BYTES);
  let rest = '';
  for (let position = 0; position < MOST_BYTES; ) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    const stanzas = `${rest}${decoder.decode(buffer.subarray(0, bytesRead), { stream: true })}`.split('\n\n');
    rest = (stanzas.pop() ?? '').slice(-LONGEST_STANZA);
    for (const stanza of stanzas) yield* installedIn(stanza);
  }
  yield* installedIn(rest);
}

/** `Status: install ok installed`: other packages left their configuration behind at most. */
function installedIn(stanza: string): readonly (InstalledPackage | undefined)[] {
  const name = field(stanza, 'Package');
  if (name === undefined || field(stanza, 'Status')?.endsWith(' installed') !== true) return [];
  const version = field(stanza, 'Version');
  return [version === undefined ? undefined : { name, version }];
}
function field(stanza: string, key: string): string | undefined {
  return new RegExp(`^${key}:[ \\t]*(\\S[^\\n]{0,255})$`, 'm').exec(stanza)?.[1]?.trim();
}
