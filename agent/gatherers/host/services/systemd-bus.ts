/** The same answers as `systemctl`, asked over systemd's own socket: the way that works from a pod too. */
import { type BodyReader, BusConnection } from '../../../host/bus.ts';
import { UnreadableError } from '../../gatherer.ts';
import { isUnit, type ServiceState, type Systemd, toSystemState } from './units.ts';

const MANAGER = { path: '/org/freedesktop/systemd1', interface: 'org.freedesktop.systemd1.Manager' } as const;
const PROPERTIES = 'org.freedesktop.DBus.Properties';
const MAX_UNITS = 50_000;
const MAX_SERVICES = 1_000;

interface Unit {
  readonly unit: string;
  readonly active: string;
  readonly subState: string;
  readonly path: string;
}

/**
 * @param socket path of `/run/systemd/private` as this process sees it; only root may connect
 * @throws the system's error when it cannot connect, UnreadableError for what comes after
 */
export async function askBus(socket: string, signal: AbortSignal): Promise<Systemd> {
  using bus = await BusConnection.open(socket, signal);
  const [state, jobs, list] = await Promise.all([
    property(bus, MANAGER.path, MANAGER.interface, 'SystemState'),
    property(bus, MANAGER.path, MANAGER.interface, 'NJobs'),
    bus.call({ ...MANAGER, member: 'ListUnits' }),
  ]);
  if (!list) throw new UnreadableError('forbidden');
  const units = readUnits(list);
  const services = units.filter(({ unit, active }) => unit.endsWith('.service') && active !== 'inactive').slice(0, MAX_SERVICES);
  return {
    manager: { state: toSystemState(typeof state === 'string' ? state : undefined), queuedJobs: typeof jobs === 'number' ? jobs : undefined },
    failed: units.filter(({ active }) => active === 'failed').map(({ unit }) => unit),
    services: await Promise.all(services.map((one) => serviceState(bus, one))),
  };
}

/** `a(ssssssouso)`: name, description, load, active, sub, followed, path, job, its type and path. The description is skipped. */
export function readUnits(reply: BodyReader): readonly Unit[] {
  try {
    const out: Unit[] = [];
    const bytes = reply.uint32();
    reply.align(8);
    const end = reply.at + bytes;
    while (reply.at < end && out.length < MAX_UNITS) {
      reply.align(8);
      const [unit, , , active, subState, , path] = Array.from({ length: 7 }, () => reply.text());
      reply.uint32();
      reply.text();
      reply.text();
      if (unit !== undefined && isUnit(unit)) out.push({ unit, active: active ?? '', subState: subState ?? '', path: path ?? '' });
    }
    return out;
  } catch {
    throw new UnreadableError('malformed');
  }
}

async function serviceState(bus: BusConnection, { unit, subState, path }: Unit): Promise<ServiceState> {
  const [restarts, activeSince] = await Promise.all([
    property(bus, path, 'org.freedesktop.systemd1.Service', 'NRestarts'),
    property(bus, path, 'org.freedesktop.systemd1.Unit', 'ActiveEnterTimestampMonotonic'),
  ]);
  return { unit, subState, restarts: typeof restarts === 'number' ? restarts : undefined, activeSince: typeof activeSince === 'number' ? activeSince : undefined };
}

/** One property: a variant of text, `u` or `t`; `undefined` when this release has none. */
async function property(bus: BusConnection, path: string, of: string, name: string): Promise<string | number | undefined> {
  const reply = await bus.call({ path, interface: PROPERTIES, member: 'Get', args: [of, name] });
  if (!reply) return undefined;
  try {
    const signature = reply.signature();
    if (signature === 's') return reply.text();
    if (signature === 'u') return reply.uint32();
    return signature === 't' ? reply.uint64() : undefined;
  } catch {
    throw new UnreadableError('malformed');
  }
}
