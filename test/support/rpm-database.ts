/** Databases of RPM as rpm itself writes them, with packages of given names and versions; below a root of their own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';

/** Why tests with rpm are skipped; empty when they can run. */
export const NO_RPM = ['rpm', 'rpmbuild', 'db5.3_load'].every(isThere) ? '' : 'rpm and db5.3-util are not installed';
function isThere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface TestPackage {
  readonly name: string;
  readonly epoch?: number;
  readonly version: string;
  readonly release: string;
}

/** `/var/lib/rpm/rpmdb.sqlite` below the returned root. */
export function rpmSqliteRoot(packages: readonly TestPackage[]): string {
  const work = mkdtempSync(join(tmpdir(), 'xunjian-rpm-'));
  onTestFinished(() => rmSync(work, { recursive: true, force: true }));
  const root = join(work, 'root');
  mkdirSync(root);
  const rpm = (...args: string[]): void =>
    void execFileSync('rpm', ['--root', root, '--define', '_dbpath /var/lib/rpm', '--define', '_db_backend sqlite', ...args], { stdio: 'pipe' });
  for (const { name, epoch, version, release } of packages) {
    const spec = [
      `Name: ${name}`,
      ...(epoch === undefined ? [] : [`Epoch: ${epoch}`]),
      `Version: ${version}`,
      `Release: ${release}`,
      'Summary: x',
      'License: x',
      'BuildArch: noarch',
    ];
    writeFileSync(join(work, `${name}.spec`), `${spec.join('\n')}\n%description\nSECRET-DESCRIPTION\n%files\n`);
    execFileSync('rpmbuild', ['-bb', '--define', `_topdir ${work}/top`, join(work, `${name}.spec`)], { stdio: 'pipe' });
  }
  rpm('--initdb');
  const files = packages.map(({ name, version, release }) => join(work, 'top/RPMS/noarch', `${name}-${version}-${release}.noarch.rpm`));
  rpm('-i', '--justdb', '--nodeps', '--noscripts', ...files);
  return root;
}

/** The headers that such a database holds. */
export function headersIn(root: string): readonly Buffer[] {
  const database = new DatabaseSync(join(root, 'var/lib/rpm/rpmdb.sqlite'));
  try {
    return database
      .prepare('SELECT blob FROM Packages')
      .all()
      .flatMap(({ blob }) => (blob instanceof Uint8Array ? [Buffer.from(blob)] : []));
  } finally {
    database.close();
  }
}

/** The same headers as rpm before 4.16 keeps them: a hash of Berkeley DB, made by its own loader. */
export function bdbFile(headers: readonly Buffer[]): Buffer {
  const work = mkdtempSync(join(tmpdir(), 'xunjian-bdb-'));
  onTestFinished(() => rmSync(work, { recursive: true, force: true }));
  const pairs = headers.flatMap((header, index) => {
    const key = Buffer.alloc(4);
    key.writeUInt32LE(index + 1);
    return [` ${key.toString('hex')}`, ` ${header.toString('hex')}`];
  });
  const dump = ['VERSION=3', 'format=bytevalue', 'type=hash', 'db_pagesize=4096', 'HEADER=END', ...pairs, 'DATA=END', ''].join('\n');
  execFileSync('db5.3_load', [join(work, 'Packages')], { input: dump });
  return readFileSync(join(work, 'Packages'));
}

/** The same headers in rpm's own format, laid out as lib/backend/ndb/rpmpkg.c says: Debian's rpm is built without it. */
export function ndbFile(headers: readonly Buffer[]): Buffer {
  const page = Buffer.alloc(4_096);
  page.write('RpmP', 0, 'latin1');
  page.writeUInt32LE(1, 12);
  page.writeUInt32LE(headers.length + 1, 16);
  const blobs: Buffer[] = [];
  let block = 4_096 / 16;
  for (const [index, header] of headers.entries()) {
    const blob = Buffer.alloc(Math.ceil((16 + header.length + 12) / 16) * 16);
    blob.write('BlbS', 0, 'latin1');
    blob.writeUInt32LE(index + 1, 4);
    blob.writeUInt32LE(header.length, 12);
    header.copy(blob, 16);
    const slot = 32 + index * 16;
    page.write('Slot', slot, 'latin1');
    page.writeUInt32LE(index + 1, slot + 4);
    page.writeUInt32LE(block, slot + 8);
    page.writeUInt32LE(blob.length / 16, slot + 12);
    block += blob.length / 16;
    blobs.push(blob);
  }
  return Buffer.concat([page, ...blobs]);
}
