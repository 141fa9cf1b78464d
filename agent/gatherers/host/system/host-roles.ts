/** Which roles the processes of a machine give it, with the lowest limits that they run under. */
import type { Host } from '../../../host/host.ts';
import { toCount } from '../../../host/parse.ts';
import type { SomeSections } from '../../../wire/section-values.ts';
import { HOST_ROLES, type HostRole, TUNED_PROFILES, type TunedProfile } from '../../../wire/sections/host/system-roles.ts';
import type { PROGRAMS } from '../../../wire/sections/host/system-use.ts';
import type { Product } from '../../../wire/sections/middleware/products.ts';
import { MIDDLEWARE } from '../../middleware/index.ts';
import { recogniseProcess } from '../../middleware/recognise.ts';

type Program = (typeof PROGRAMS)[number];
type RoleRow = NonNullable<NonNullable<SomeSections['processes']>['roles']>[number];
/** Processes whose command line or limits are read. */
const MOST_LOOKED_AT = 300;

const ROLE_OF_PRODUCT: Readonly<Partial<Record<Product, HostRole>>> = {
  redis: 'redis',
  mysql: 'mysql',
  postgresql: 'postgresql',
  mongodb: 'mongodb',
  elasticsearch: 'elasticsearch',
  kafka: 'kafka',
  rabbitmq: 'rabbitmq',
  tongweb: 'java-server',
  tomcat: 'java-server',
  tlq: 'tonglinkq',
  nginx: 'nginx',
  ths: 'tonghttpserver',
};
const ROLE_OF_PROGRAM: Readonly<Partial<Record<Program, HostRole>>> = {
  kubelet: 'kubernetes-node',
  redis: 'redis',
  mysql: 'mysql',
  postgresql: 'postgresql',
  mongodb: 'mongodb',
  oracle: 'other-database',
  dameng: 'other-database',
  kingbase: 'other-database',
  gaussdb: 'other-database',
  oceanbase: 'other-database',
  clickhouse: 'other-database',
  tidb: 'other-database',
  rabbitmq: 'rabbitmq',
  nginx: 'nginx',
};
/** Names of processes that may be a product of which only the command line tells. */
const TOLD_BY_COMMAND_LINE: ReadonlySet<string> = new Set(MIDDLEWARE.flatMap(({ signature }) => (signature.commandLine ? signature.processes : [])));
const TOLD_BY_NAME: ReadonlySet<string> = new Set(MIDDLEWARE.flatMap(({ signature }) => (signature.commandLine ? [] : signature.processes)));

export class RoleSightings {
  readonly #host: Host;
  readonly #candidates: { readonly pid: string; readonly comm: string; readonly program: Program | undefined }[] = [];
  #dropped = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Remembers a process that may give a role; nothing is read yet. */
  see(pid: string, comm: string, program: Program | undefined): void {
    const mayBe = (program !== undefined && ROLE_OF_PROGRAM[program] !== undefined) || TOLD_BY_NAME.has(comm) || TOLD_BY_COMMAND_LINE.has(comm);
    if (!mayBe || !/^\d{1,10}$/.test(pid)) return;
    if (this.#candidates.length < MOST_LOOKED_AT) this.#candidates.push({ pid, comm, program });
    else this.#dropped += 1;
  }

  /** `undefined` when too many processes could not be looked at to say that a role is not there. */
  async roles(): Promise<readonly RoleRow[] | undefined> {
    const rows = new Map<HostRole, { processes: number; openFilesLimit?: number | undefined; processesLimit?: number | undefined }>();
    for (const candidate of this.#candidates) {
      const role = await this.#roleOf(candidate);
      if (role === undefined) continue;
      const row = rows.get(role) ?? { processes: 0 };
      const limits = await this.#host.read(`/proc/${candidate.pid}/limits`, { maxBytes: 16_384, cut: true }).catch(() => '');
      rows.set(role, {
        processes: row.processes + 1,
        openFilesLimit: lowest(row.openFilesLimit, limitOf(limits, 'Max open files')),
        processesLimit: lowest(row.processesLimit, limitOf(limits, 'Max processes')),
      });
    }
    if (this.#dropped > 0) return undefined;
    return HOST_ROLES.flatMap((role) => {
      const row = rows.get(role);
      return row ? [{ role, ...row }] : [];
    });
  }

  async #roleOf({ pid, comm, program }: { readonly pid: string; readonly comm: string; readonly program: Program | undefined }): Promise<HostRole | undefined> {
    const own = program === undefined ? undefined : ROLE_OF_PROGRAM[program];
    if (own !== undefined) return own;
    const commandLine = TOLD_BY_COMMAND_LINE.has(comm) ? await this.#host.read(`/proc/${pid}/cmdline`, { maxBytes: 16_384, cut: true }).catch(() => undefined) : undefined;
    const product = recogniseProcess(comm, commandLine?.replaceAll('\0', ' '), MIDDLEWARE)?.product;
    return product === undefined ? undefined : ROLE_OF_PRODUCT[product];
  }
}

/** Adds what is installed on the machine without running: the profile holds for when it starts. */
export function withInstances(sections: SomeSections): SomeSections {
  const { processes, middleware } = sections;
  if (processes?.roles === undefined || !middleware) return sections;
  const known = new Set(processes.roles.map(({ role }) => role));
  const installed = new Set(middleware.rows.flatMap(({ place, product }) => (place === 'host' ? (ROLE_OF_PRODUCT[product] ?? []) : [])));
  const added = HOST_ROLES.filter((role) => installed.has(role) && !known.has(role)).map((role) => ({ role, processes: 0 }));
  return added.length === 0 ? sections : { ...sections, processes: { ...processes, roles: [...processes.roles, ...added] } };
}

/** The word alone that tuned keeps; a name that is not delivered with it is the site's own. */
export async function tunedProfile(host: Host): Promise<TunedProfile | undefined> {
  const text = await host.readIfThere('/etc/tuned/active_profile').catch(() => undefined);
  if (text === undefined) return (await host.exists('/etc/os-release')) || (await host.exists('/etc/tuned')) ? 'none' : undefined;
  const name = text.trim().split(/\s+/, 1)[0] ?? '';
  if (name === '') return 'none';
  return TUNED_PROFILES.find((known) => known === name && known !== 'none') ?? 'other';
}

/** The soft limit; `unlimited` is the largest number. */
function limitOf(limits: string, name: string): number | undefined {
  const word = new RegExp(`^${name}\\s+(\\S{1,20})`, 'm').exec(limits)?.[1];
  return word === 'unlimited' ? Number.MAX_SAFE_INTEGER : toCount(word);
}
function lowest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
