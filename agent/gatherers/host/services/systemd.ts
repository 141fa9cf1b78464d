import { runCommand } from '../../../host/command.ts';
import type { Host } from '../../../host/host.ts';
import { toNumber } from '../../../host/parse.ts';
import { AbsentError, hostGatherer } from '../../gatherer.ts';
import { type ManagerState, parseFailedUnits, parseManager, parseServices, restartingUnits, type ServiceState, toFailedUnit } from './units.ts';

const MAX_ROWS = 100;
const COMMAND_TIMEOUT_MS = 8_000;

/** What systemd said, from whichever way it was asked. */
export interface Systemd {
  readonly manager: ManagerState;
  readonly failed: readonly string[];
  readonly services: readonly ServiceState[];
}

export const systemd = hostGatherer({
  section: 'systemd',
  needs: [{ mount: '/proc' }, { mount: '/run' }, { command: '/usr/bin/systemctl' }],
  deadlineMs: 30_000,

  async gather(host, signal) {
    // sd_booted(3): this folder exists exactly when systemd is the init.
    if (!(await host.exists('/run/systemd/system'))) throw new AbsentError('not-present');
    const { manager, failed, services } = await askSystemctl(host, signal);
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

async function askSystemctl(host: Host, signal: AbortSignal): Promise<Systemd> {
  const ask = (args: readonly string[]): Promise<string> => runCommand(host, '/usr/bin/systemctl', ['--no-pager', ...args], { timeoutMs: COMMAND_TIMEOUT_MS, signal });
  const [manager, failed, services] = await Promise.all([
    ask(['show', '--property=SystemState,NJobs']),
    ask(['list-units', '--state=failed', '--all', '--full', '--no-legend']),
    ask(['show', '*.service', '--property=Id,SubState,NRestarts,ActiveEnterTimestampMonotonic']),
  ]);
  return { manager: parseManager(manager), failed: parseFailedUnits(failed), services: parseServices(services) };
}
