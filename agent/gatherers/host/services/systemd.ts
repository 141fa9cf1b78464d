import { runCommand } from '../../../host/command.ts';
import type { Host } from '../../../host/host.ts';
import { toNumber } from '../../../host/parse.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';
import { askBus } from './systemd-bus.ts';
import { parseFailedUnits, parseManager, parseServices, restartingUnits, type Systemd, toFailedUnit } from './units.ts';

const MAX_ROWS = 100;
const BUS_TIMEOUT_MS = 10_000;
const COMMAND_TIMEOUT_MS = 8_000;

export const systemd = hostGatherer({
  section: 'systemd',
  needs: [{ mount: '/proc' }, { mount: '/run' }, { socket: '/run/systemd/private' }, { command: '/usr/bin/systemctl' }],
  deadlineMs: 30_000,

  async gather(host, signal) {
    // sd_booted(3): this folder exists exactly when systemd is the init.
    if (!(await host.exists('/run/systemd/system'))) throw new AbsentError('not-present');
    const { manager, failed, services } = await ask(host, signal);
    const uptimeSeconds = toNumber((await host.readIfThere('/proc/uptime'))?.split(' ')[0]);
    const important = failed.map(toFailedUnit).sort((a, b) => Number(a.role === 'other') - Number(b.role === 'other'));
    const restarting = restartingUnits(services, uptimeSeconds);
    return {
      ...manager,
      uptimeSeconds,
      failedUnits: failed.length,
      failed: important.slice(0, MAX_ROWS),
      restarting: restarting.slice(0, MAX_ROWS),
      dropped: Math.max(0, failed.length - MAX_ROWS) + Math.max(0, restarting.length - MAX_ROWS),
    };
  },
});

/** Over the socket where that is allowed; on this machine itself also by the command, which needs no root. */
async function ask(host: Host, signal: AbortSignal): Promise<Systemd> {
  try {
    if (!host.running) throw new UnreadableError('not-visible'); // a capture's socket is nobody's
    return await askBus(await host.resolve('/run/systemd/private'), AbortSignal.any([signal, AbortSignal.timeout(BUS_TIMEOUT_MS)]));
  } catch (error) {
    if (!host.live) throw error;
    return await askSystemctl(host, signal);
  }
}

async function askSystemctl(host: Host, signal: AbortSignal): Promise<Systemd> {
  const run = (args: readonly string[]): Promise<string> => runCommand(host, '/usr/bin/systemctl', ['--no-pager', ...args], { timeoutMs: COMMAND_TIMEOUT_MS, signal });
  const [manager, failed, services] = await Promise.all([
    run(['show', '--property=SystemState,NJobs']),
    run(['list-units', '--state=failed', '--all', '--full', '--no-legend']),
    run(['show', '*.service', '--property=Id,SubState,NRestarts,ActiveEnterTimestampMonotonic']),
  ]);
  return { manager: parseManager(manager), failed: parseFailedUnits(failed), services: parseServices(services) };
}
