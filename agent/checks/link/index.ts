import type { Check } from '../check.ts';
import { linkBacklogDrops } from './backlog-drops.ts';
import { linkBondDegraded } from './bond-degraded.ts';
import { linkBondLacpMismatch } from './bond-lacp-mismatch.ts';
import { linkBondSingleSlave } from './bond-single-slave.ts';
import { linkBondUnmonitored } from './bond-unmonitored.ts';
import { linkConntrackBucketsCrowded } from './conntrack-buckets-crowded.ts';
import { linkConntrackDrops } from './conntrack-drops.ts';
import { linkConntrackInsertFailed } from './conntrack-insert-failed.ts';
import { linkConntrackUsageHigh } from './conntrack-usage-high.ts';
import { linkDown } from './down.ts';
import { linkDrops } from './drops.ts';
import { linkEphemeralPortsHigh } from './ephemeral-ports-high.ts';
import { linkErrors } from './errors.ts';
import { linkFlapping } from './flapping.ts';
import { linkHalfDuplex } from './half-duplex.ts';
import { linkListenOverflows } from './listen-overflows.ts';
import { linkMtuMixed } from './mtu-mixed.ts';
import { linkNeighbourTableFull } from './neighbour-table-full.ts';
import { linkNeighbourTableHigh } from './neighbour-table-high.ts';
import { linkOrphansHigh } from './orphans-high.ts';
import { linkReceiveBudgetShort } from './receive-budget-short.ts';
import { linkResolverLoopback } from './resolver-loopback.ts';
import { linkResolverNameserverDuplicate } from './resolver-nameserver-duplicate.ts';
import { linkResolverNameserverMissing } from './resolver-nameserver-missing.ts';
import { linkResolverNameserversMany } from './resolver-nameservers-many.ts';
import { linkResolverNdotsHigh } from './resolver-ndots-high.ts';
import { linkResolverSearchMany } from './resolver-search-many.ts';
import { linkSaturated } from './saturated.ts';
import { linkSlow } from './slow.ts';
import { linkSynCookiesSent } from './syn-cookies-sent.ts';
import { linkTcpMemoryAborts } from './tcp-memory-aborts.ts';
import { linkTcpMemoryHigh } from './tcp-memory-high.ts';
import { linkTcpRetransmitsHigh } from './tcp-retransmits-high.ts';
import { linkTimeWaitHigh } from './time-wait-high.ts';
import { linkTunnelMtuHigh } from './tunnel-mtu-high.ts';
import { linkUdpReceiveErrors } from './udp-receive-errors.ts';

export const LINK_CHECKS: readonly Check[] = [
  linkBacklogDrops,
  linkBondDegraded,
  linkBondLacpMismatch,
  linkBondSingleSlave,
  linkBondUnmonitored,
  linkConntrackBucketsCrowded,
  linkConntrackDrops,
  linkConntrackInsertFailed,
  linkConntrackUsageHigh,
  linkDown,
  linkDrops,
  linkEphemeralPortsHigh,
  linkErrors,
  linkFlapping,
  linkHalfDuplex,
  linkListenOverflows,
  linkMtuMixed,
  linkNeighbourTableFull,
  linkNeighbourTableHigh,
  linkOrphansHigh,
  linkReceiveBudgetShort,
  linkResolverLoopback,
  linkResolverNameserverDuplicate,
  linkResolverNameserverMissing,
  linkResolverNameserversMany,
  linkResolverNdotsHigh,
  linkResolverSearchMany,
  linkSaturated,
  linkSlow,
  linkSynCookiesSent,
  linkTcpMemoryAborts,
  linkTcpMemoryHigh,
  linkTcpRetransmitsHigh,
  linkTimeWaitHigh,
  linkTunnelMtuHigh,
  linkUdpReceiveErrors,
];
