/** In the transaction that takes payloads from agents: those of linked clusters are put into the queue for the support centre. */
import { gzipSync } from 'node:zlib';
import { type Item, isOfPeople, type OnTaken } from '../ingest/apply.ts';
import { insertRelays, linkedAmong, type NewRelay } from '../store/relay-store.ts';

/** What came from another collector goes no further: so no ring of collectors carries anything round. */
export const enqueueTaken: OnTaken = async (db, items) => {
  const own = items.filter(({ isRelayed, decoded }) => isRelayed !== true && decoded.kind !== 'quarantined');
  const linked = await linkedAmong(db, [...new Set(own.map(({ cluster }) => cluster.clusterId))]);
  await insertRelays(
    db,
    own.filter(({ cluster }) => linked.has(cluster.clusterId)).flatMap((item) => relayOf(item) ?? []),
  );
};

function relayOf({ cluster, decoded, receivedAt }: Item): NewRelay | undefined {
  if (decoded.kind === 'quarantined' || isOfPeople(decoded)) return undefined;
  const { agent, boot, seq, kind, sha256, keptAt } = decoded.header;
  const body = decoded.kind === 'inspection' ? decoded.body : gzipSync(JSON.stringify(decoded.payload), { level: 1 });
  return { cluster_id: cluster.clusterId, agent, boot, seq, kind, sha256, kept_at: keptAt, queued_at: receivedAt, bytes: body.length, refused: null, body };
}
