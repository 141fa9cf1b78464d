/** A worker in a process of its own, to be killed while it sends: argument 1 the database, argument 2 the lease in milliseconds. */
import { openDatabase } from '../../collector/store/database.ts';
import { notifyWorld } from './notify-world.ts';

const [url = '', leaseMs = ''] = process.argv.slice(2);
const database = await openDatabase({ url });
notifyWorld(database)
  .worker({ now: Date.now, leaseMs: Number(leaseMs), deadlineMs: 60_000, pollMs: 50 })
  .start();
