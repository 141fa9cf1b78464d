/** Counts how many ephemeral ports are taken towards one destination: what runs out first. Pure. */
import { linesOf } from '../../../host/statfs-paths.ts';

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Destinations that are told apart; a node talks to fewer. */
const MAX_DESTINATIONS = 50_000;

/** `32768	60999`. */
export function parsePortRange(text: string | undefined): PortRange | undefined {
  const [, first, last] = /^\s*(\d{1,5})\s+(\d{1,5})\s*$/.exec(text ?? '') ?? [];
  const range = { first: Number(first), last: Number(last) };
  return range.last >= range.first ? range : undefined;
}

/**
 * Ports of the range in use towards the busiest pair of own address and destination, from `/proc/net/tcp` and `tcp6`.
 * A port can serve several destinations at once, so counting all connections would cry wolf.
 */
export function busiestDestination(tables: readonly string[], range: PortRange): number {
  const byDestination = new Map<string, number>();
  let most = 0;
  for (const table of tables) {
    for (const line of linesOf(table)) {
      const pair = pairOf(line, range);
      if (pair === undefined || (byDestination.size >= MAX_DESTINATIONS && !byDestination.has(pair))) continue;
      const count = (byDestination.get(pair) ?? 0) + 1;
      byDestination.set(pair, count);
      most = Math.max(most, count);
    }
  }
  return most;
}

/** Own address and destination of a connection from an ephemeral port; listeners (state 0A) have none. */
function pairOf(line: string, { first, last }: PortRange): string | undefined {
  const match = /^\s{0,8}\d{1,10}: ([0-9A-F]{8,32}):([0-9A-F]{4}) ([0-9A-F]{8,32}:[0-9A-F]{4}) ([0-9A-F]{2}) /.exec(line);
  if (match === null || match[4] === '0A') return undefined;
  const port = Number.parseInt(match[2] ?? '', 16);
  return port >= first && port <= last ? `${match[1]} ${match[3]}` : undefined;
}
