/** Real PostgreSQL servers for inspection: settings and pg_hba.conf of the test's own, and standbys that stream. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './postgres.ts';
import { until } from './redis.ts';

const BIN = globSync('/usr/lib/postgresql/*/bin').sort().at(-1) ?? '';

export interface PostgresMember {
  readonly port: number;
  /** Runs statements as the superuser over the socket; what they print, one value a line. */
  readonly sql: (...statements: readonly string[]) => string;
  stop(): Promise<void>;
}

export class PostgresServers {
  readonly folder = mkdtempSync('/tmp/xunjian-pg-');
  readonly #running = new Map<string, ChildProcess>();
  #template: string | undefined;

  constructor() {
    this.#own(this.folder);
  }

  /** @param settings lines of postgresql.conf @param rules lines of pg_hba.conf for TCP */
  async start(settings: readonly string[], rules: readonly string[] = ['host all,replication all 127.0.0.1/32 scram-sha-256']): Promise<PostgresMember> {
    const data = this.#newFolder();
    execFileSync('cp', ['-a', `${this.#emptyData()}/.`, data]);
    writeFileSync(join(data, 'pg_hba.conf'), ['local all all trust', 'local replication all trust', ...rules, ''].join('\n'));
    return await this.#launch(data, settings);
  }

  /** A standby of a primary that streams by a slot. */
  async standby(primary: PostgresMember, settings: readonly string[]): Promise<PostgresMember> {
    const data = this.#newFolder();
    this.#run('pg_basebackup', [
      '-D',
      data,
      '-h',
      this.folder,
      '-p',
      String(primary.port),
      '-U',
      'postgres',
      '-R',
      '-X',
      'stream',
      '-c',
      'fast',
      '--no-sync',
      '-S',
      'standby_slot',
      '-C',
    ]);
    return await this.#launch(data, settings);
  }

  /** Made once, copied for each server. */
  #emptyData(): string {
    if (this.#template !== undefined) return this.#template;
    this.#template = this.#newFolder();
    this.#run('initdb', ['-D', this.#template, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync', '--locale=C.UTF-8']);
    return this.#template;
  }
  #newFolder(): string {
    const folder = mkdtempSync(join(this.folder, 'data-'));
    this.#own(folder);
    return folder;
  }
  async #launch(data: string, settings: readonly string[]): Promise<PostgresMember> {
    const port = await freePort();
    const options = [`unix_socket_directories=${this.folder}`, `port=${port}`, 'listen_addresses=127.0.0.1', 'log_destination=stderr', ...settings].flatMap((setting) => [
      '-c',
      setting,
    ]);
    const [file, args] = as('postgres', ['-D', data, ...options]);
    const child = spawn(file, [...args], { stdio: 'ignore', cwd: this.folder });
    this.#running.set(data, child);
    const sql = (...statements: readonly string[]): string =>
      execFileSync(join(BIN, 'psql'), ['-h', this.folder, '-p', String(port), '-U', 'postgres', '-qAtX', '-v', 'ON_ERROR_STOP=1', ...statements.flatMap((one) => ['-c', one])], {
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim();
    await until(async () => {
      try {
        return sql('SELECT 1') === '1';
      } catch {
        return false;
      }
    });
    return {
      port,
      sql,
      stop: async () => await this.#stop(data),
    };
  }
  #run(program: string, args: readonly string[]): void {
    const [file, words] = as(program, args);
    execFileSync(file, [...words], { stdio: 'ignore', cwd: this.folder });
  }
  /** PostgreSQL refuses to run as root. */
  #own(path: string): void {
    if (process.getuid?.() !== 0) return;
    const [uid = 0, gid = 0] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })));
    chownSync(path, uid, gid);
  }
  /** Gives a file to the servers, e.g. a private key. */
  give(path: string): string {
    this.#own(path);
    return path;
  }

  async #stop(data: string): Promise<void> {
    const child = this.#running.get(data);
    if (!child) return;
    this.#running.delete(data);
    this.#run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
    await until(async () => child.exitCode !== null || child.signalCode !== null);
  }
  async stop(): Promise<void> {
    await Promise.all([...this.#running.keys()].map(async (data) => await this.#stop(data)));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function as(program: string, args: readonly string[]): readonly [string, readonly string[]] {
  const file = join(BIN, program);
  return process.getuid?.() === 0 && existsSync('/usr/sbin/runuser') ? ['/usr/sbin/runuser', ['-u', 'postgres', '--', file, ...args]] : [file, args];
}
