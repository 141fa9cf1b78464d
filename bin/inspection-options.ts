/** What an inspection on this machine is told, and the credential, which is begun before everything heavy is loaded. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROLES, type Role } from '../agent/agent-options.ts';
import { type Credential, readCredential } from '../agent/kube/credential.ts';
import { makeFolder } from '../agent/site/private-file.ts';
import type { Locale, NameKind } from '../agent/wire/vocabulary.ts';
import type { CommandContext } from './context.ts';
import { credentialSource } from './credential-source.ts';
import { siteFilesOf } from './site-file-paths.ts';
import { stateDirectory } from './state-directory.ts';
import { type INSPECTION_OPTIONS, notOneOf, parseKinds, type parseOptions } from './terminal/arguments.ts';

export interface InspectionOptions {
  /** Only what finds and asks middleware. */
  readonly onlyMiddleware?: boolean;
  readonly noHost: boolean;
  readonly hostRoot: string;
  /** What of the host is mounted below the root; left out: all of it. */
  readonly hostPaths?: readonly string[] | undefined;
  readonly nodeName?: string | undefined;
  readonly keyFile?: string | undefined;
  /** As an agent of this role would see it; left out: everything. */
  readonly role?: Role | undefined;
  readonly config?: string | undefined;
  readonly suppressions?: string | undefined;
  readonly clearNames: readonly NameKind[];
  readonly stateDir?: string | undefined;
  readonly quiet: boolean;
  readonly locale: Locale;
  /** Reading on its own; `unconfigured` when nobody named a cluster, left out when none is wanted. */
  readonly credential?: Promise<Credential | 'unconfigured'> | undefined;
}

type Values = ReturnType<typeof parseOptions<typeof INSPECTION_OPTIONS>>;

/**
 * Options that `inspect` and `preview` share. Starts reading the credential: another process does it, on another core. In an agent's
 * pod the variables of the agent count, so that what is previewed is what it sends.
 */
export function inspectionOptions(values: Values, { locale, environment, signal }: CommandContext): InspectionOptions {
  const clearNames = parseKinds(values['clear-names'] ?? []);
  if (values.role !== undefined && !ROLES.some((known) => known === values.role)) throw notOneOf('--role', values.role, ROLES);
  const role = ROLES.find((known) => known === (values.role ?? environment['XUNJIAN_ROLE']));
  const credential = values['no-cluster'] || role === 'node' || role === 'host' ? undefined : beginCredential(values, environment, signal);
  credential?.catch(() => undefined); // met where it is awaited
  return {
    noHost: values['no-host'] ?? role === 'cluster',
    hostRoot: values['host-root'] ?? environment['XUNJIAN_HOST_ROOT'] ?? '/',
    hostPaths: environment['XUNJIAN_HOST_PATHS']?.split(',').filter((path) => path !== ''),
    nodeName: environment['NODE_NAME'],
    keyFile: environment['XUNJIAN_KEY_FILE'],
    role,
    ...siteFilesOf(values, environment),
    clearNames,
    stateDir: values['state-dir'],
    quiet: values.quiet ?? false,
    locale,
    credential,
  };
}

async function beginCredential(values: Values, environment: CommandContext['environment'], signal: AbortSignal): Promise<Credential | 'unconfigured'> {
  const source = await credentialSource(values, environment);
  if (!source) return 'unconfigured';
  return await readCredential(source, { cacheDirectory: await compileCache(values['state-dir'], environment), signal });
}

/**
 * Where V8's compiled code is kept between runs: loading takes a third less time. Code comes from there, so it must be a
 * folder that nobody else can write to; the first run makes one. `undefined` where there is none.
 */
export async function compileCache(stateDir: string | undefined, environment: CommandContext['environment']): Promise<string | undefined> {
  const directory = stateDirectory(stateDir, environment);
  await makeFolder(directory, 0o700).catch(() => undefined);
  const facts = await stat(directory).catch(() => undefined);
  const isPrivate = facts?.isDirectory() === true && facts.uid === process.getuid?.() && (facts.mode & 0o022) === 0;
  return isPrivate ? join(directory, 'compile-cache') : undefined;
}
