/** Real MariaDB servers of Debian's package on loopback, each with a folder of its own; stopped with the test. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './postgres.ts';
import { until } from './redis.ts';

export const NO_MARIADB = existsSync('/usr/sbin/mariadbd') ? undefined : 'MariaDB is not installed (Debian: mariadb-server)';

export interface MariadbServer {
  readonly port: number;
  /** Runs statements as root; what they print, without column names. */
  readonly sql: (...statements: readonly string[]) => string;
}

export class MariadbServers {
  readonly folder = mkdtempSync('/tmp/xunjian-mariadb-');
  readonly #children: ChildProcess[] = [];
  #template: string | undefined;

  /** @param settings lines of the section [mariadbd] */
  async start(settings: readonly string[] = []): Promise<MariadbServer> {
    const port = await freePort();
    const folder = mkdtempSync(join(this.folder, 'server-'));
    const socket = join(folder, 's.sock');
    const file = join(folder, 'my.cnf');
    cpSync(this.#emptyData(), join(folder, 'data'), { recursive: true });
    writeFileSync(file, ['[mariadbd]', `datadir=${join(folder, 'data')}`, `socket=${socket}`, `port=${port}`, ...BASE, ...settings, ''].join('\n'));
    const child = spawn('/usr/sbin/mariadbd', [`--defaults-file=${file}`], { stdio: 'ignore' });
    this.#children.push(child);
    let rooted = false;
    const sql = (...statements: readonly string[]): string =>
      execFileSync('mariadb', ['--no-defaults', '-S', socket, '-u', 'root', '-N', '-B', '-e', statements.join('; ')], {
        encoding: 'utf8',
        stdio: 'pipe',
        env: { ...process.env, MYSQL_PWD: rooted ? ROOT_PASSWORD : '' },
      }).trim();
    await until(async () => {
      try {
        return sql('SELECT 1') === '1';
      } catch {
        return false;
      }
    });
    // Who installs a server gives its administrator a password, and leaves no anonymous ones; a test that plants one makes it.
    sql(
      "DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost')",
      'FLUSH PRIVILEGES',
      `ALTER USER root@localhost IDENTIFIED BY '${ROOT_PASSWORD}'`,
    );
    rooted = true;
    return { port, sql };
  }

  /** Made once, copied for each server. */
  #emptyData(): string {
    if (this.#template !== undefined) return this.#template;
    this.#template = join(this.folder, 'template');
    execFileSync('mariadb-install-db', ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db', `--datadir=${this.#template}`, ...owner()], {
      stdio: 'ignore',
    });
    return this.#template;
  }

  [Symbol.dispose](): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const ROOT_PASSWORD = 'root-of-the-test';
const BASE = [
  'bind-address=127.0.0.1',
  'innodb_buffer_pool_size=32M',
  'innodb_log_file_size=8M',
  'innodb_fast_shutdown=2',
  'skip-name-resolve',
  ...(process.getuid?.() === 0 ? ['user=root'] : []),
];
function owner(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}
