/** A real RabbitMQ of Debian's package on loopback, with a folder, an epmd and a cookie of its own; stopped with the test. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './postgres.ts';
import { until } from './redis.ts';

const BIN = '/usr/lib/rabbitmq/bin';
export const NO_RABBITMQ = existsSync(`${BIN}/rabbitmq-server`) ? undefined : 'RabbitMQ is not installed (Debian: rabbitmq-server)';

export class RabbitmqServer {
  readonly folder = mkdtempSync('/tmp/xunjian-rabbit-');
  readonly port: number;
  readonly #environment: Record<string, string>;
  readonly #child: ChildProcess;

  private constructor(port: number, amqpPort: number, distPort: number, epmdPort: number, settings: readonly string[], definitions: object) {
    this.port = port;
    const file = (name: string): string => join(this.folder, name);
    writeFileSync(file('definitions.json'), JSON.stringify(definitions));
    writeFileSync(file('plugins'), '[rabbitmq_management].\n');
    writeFileSync(
      file('rabbitmq.conf'),
      [
        `listeners.tcp.1 = 127.0.0.1:${amqpPort}`,
        'management.tcp.ip = 127.0.0.1',
        `management.tcp.port = ${port}`,
        'collect_statistics_interval = 1000',
        `load_definitions = ${file('definitions.json')}`,
        ...settings,
        '',
      ].join('\n'),
    );
    this.#environment = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.folder,
      RABBITMQ_NODENAME: `test${port}@localhost`,
      RABBITMQ_MNESIA_BASE: file('mnesia'),
      RABBITMQ_LOG_BASE: file('log'),
      RABBITMQ_CONFIG_FILE: file('rabbitmq.conf'),
      RABBITMQ_ENABLED_PLUGINS_FILE: file('plugins'),
      RABBITMQ_DIST_PORT: String(distPort),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1 +sbwt none',
      ERL_EPMD_PORT: String(epmdPort),
      ERL_EPMD_ADDRESS: '127.0.0.1',
    };
    this.#child = spawn(`${BIN}/rabbitmq-server`, [], { env: this.#environment, stdio: 'ignore', detached: true });
  }

  /** @param settings lines of rabbitmq.conf */
  static async start(settings: readonly string[], definitions: object): Promise<RabbitmqServer> {
    const ports = [await freePort(), await freePort(), await freePort(), await freePort()] as const;
    const server = new RabbitmqServer(...ports, settings, definitions);
    await until(
      async () =>
        await fetch(`http://127.0.0.1:${server.port}/api/overview`).then(
          ({ status }) => status === 401,
          () => false,
        ),
      90_000,
    );
    return server;
  }
  async ctl(...words: readonly string[]): Promise<void> {
    await promisify(execFile)(`${BIN}/rabbitmqctl`, [...words], { env: this.#environment });
  }

  [Symbol.dispose](): void {
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL'); // its group: the shell, the emulator, epmd
    try {
      execFileSync('epmd', ['-kill'], { env: this.#environment, stdio: 'ignore' });
    } catch {
      // it ended with the group
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
