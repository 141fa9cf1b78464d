import { openRegular } from '../../../host/bounded-read.ts';
import type { Host } from '../../../host/host.ts';
import { dpkgPackages } from '../../../host/packages/dpkg-status.ts';
import type { PackageEntries } from '../../../host/packages/installed-package.ts';
import { rpmBdbPackages } from '../../../host/packages/rpm-bdb.ts';
import { rpmNdbPackages } from '../../../host/packages/rpm-ndb.ts';
import { rpmSqlitePackages } from '../../../host/packages/rpm-sqlite.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { PACKAGES, type packages as section } from '../../../wire/sections/host/system-packages.ts';
import { toVersion } from '../../../wire/version.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';
import { compareKernels } from './kernels.ts';

type Database = Sections['packages']['database'];
type Name = (typeof PACKAGES)[number];

/** Newest format first: after a migration the old file may still lie there. */
const PLACES: readonly { readonly database: Database; readonly path: string }[] = [
  { database: 'rpm-sqlite', path: '/var/lib/rpm/rpmdb.sqlite' },
  { database: 'rpm-sqlite', path: '/usr/lib/sysimage/rpm/rpmdb.sqlite' },
  { database: 'rpm-ndb', path: '/usr/lib/sysimage/rpm/Packages.db' },
  { database: 'rpm-ndb', path: '/var/lib/rpm/Packages.db' },
  { database: 'rpm-bdb', path: '/var/lib/rpm/Packages' },
  { database: 'dpkg', path: '/var/lib/dpkg/status' },
];
const KNOWN: ReadonlySet<string> = new Set(PACKAGES);

/** A version as it may be compared later: one that the grammar would change is better not told. */
export function comparable(foreign: string): string | undefined {
  const version = toVersion(foreign);
  return version === foreign ? version : undefined;
}

async function* entriesOf(host: Host, { database, path }: (typeof PLACES)[number], signal: AbortSignal): PackageEntries {
  if (database === 'rpm-sqlite') {
    // What is not yet merged into the file would be missing from what we see: rpm merges at its end.
    if (((await host.sizeOf(`${path}-wal`)) ?? 0) > 0) throw new UnreadableError('malformed');
    return yield* rpmSqlitePackages(await host.resolve(path), PACKAGES, signal);
  }
  await using file = await openRegular(await host.resolve(path));
  const read = { 'rpm-ndb': rpmNdbPackages, 'rpm-bdb': rpmBdbPackages, dpkg: dpkgPackages }[database];
  yield* read(file, signal);
}

export const packages = hostGatherer({
  section: 'packages' satisfies (typeof section)['id'],
  needs: [
    { mount: '/var/lib', optional: true },
    { mount: '/usr/lib', optional: true },
  ],
  deadlineMs: 30_000,

  async gather(host, signal) {
    for (const place of PLACES) {
      if ((await host.sizeOf(place.path)) === undefined) continue;
      const found = new Map<Name, string | undefined>();
      let unreadable = 0;
      for await (const entry of entriesOf(host, place, signal)) {
        if (entry === undefined) unreadable += 1;
        else if (isKnown(entry.name)) found.set(entry.name, older(found.get(entry.name), entry.version));
      }
      const rows = [...found].map(([name, version]) => ({ name, version: version === undefined ? undefined : comparable(version) })).sort((a, b) => (a.name < b.name ? -1 : 1));
      return { database: place.database, rows, unreadable };
    }
    throw new AbsentError('not-present');
  },
});
function isKnown(name: string): name is Name {
  return KNOWN.has(name);
}
/** Of two that are installed, e.g. for two architectures, the one that is more likely to lack a fix. */
function older(one: string | undefined, other: string): string {
  return one !== undefined && compareKernels(one, other) <= 0 ? one : other;
}
