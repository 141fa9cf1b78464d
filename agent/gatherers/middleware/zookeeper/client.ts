/** The only caller of a ZooKeeper: three four-letter words, each over a connection of its own, as the protocol wants it. */
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import { openLine } from '../../../middleware/line.ts';
import type { Visit } from '../../../middleware/visit.ts';

/** None of them names a node or a client. */
export type Word = 'srvr' | 'mntr' | 'conf';

/** What the server says until it hangs up. @throws InstanceFailure */
export async function askWord(visit: Visit, word: Word): Promise<string> {
  return await visit.ask(async (signal) => {
    const { socket, failure } = await openLine(visit.address, { tls: visit.secrets.tls, limits: visit.limits, signal });
    try {
      socket.write(word);
      const chunks: Buffer[] = [];
      for await (const chunk of socket) if (chunk instanceof Buffer) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8');
      const cut = failure();
      if (cut) throw cut;
      return text;
    } catch (error) {
      const reach = reachOf(error);
      throw failure() ?? new InstanceFailure(reach === 'failed' ? 'protocol' : reach);
    } finally {
      socket.destroy();
    }
  });
}
