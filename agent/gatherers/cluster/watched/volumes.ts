/** Section `volumes` from a watch. */
import type { Sections } from '../../../wire/section-values.ts';
import { toVolumeRow, type VolumeRow } from '../objects/volumes.ts';
import { Held } from './held.ts';

const MOST_ROWS = 2_000;
const NO_NODES: ReadonlySet<string> = new Set();
interface HeldVolume {
  readonly phase: VolumeRow['phase'];
  readonly source: VolumeRow['source'];
  readonly capacityBytes: number;
  readonly row: VolumeRow | undefined;
}
export class WatchedVolumes {
  readonly held: Held<HeldVolume>;
  readonly #rows = new Map<string, VolumeRow>();
  readonly #byPhase = new Map<VolumeRow['phase'], number>();
  readonly #bySource = new Map<VolumeRow['source'], number>();
  #capacityBytes = 0;

  constructor() {
    this.held = new Held<HeldVolume>(
      (volume) => {
        const row = { ...toVolumeRow(volume, NO_NODES), nodeMissing: false }; // whether its node still exists is the inspection's question
        const broken = row.phase === 'Failed' || row.phase === 'Pending' || row.deletingSince !== undefined;
        return { phase: row.phase, source: row.source, capacityBytes: row.capacityBytes ?? 0, row: broken ? row : undefined };
      },
      (key, before, after) => {
        if (before) this.#count(before, -1);
        if (after) this.#count(after, 1);
        if (after?.row) this.#rows.set(key, after.row);
        else this.#rows.delete(key);
      },
    );
  }
  /** Broken volumes; drivers and left-over volumes are the inspection's. */
  section(): Sections['volumes'] {
    const rows = [...this.#rows.values()];
    return {
      total: this.held.size,
      byPhase: Object.fromEntries(this.#byPhase),
      bySource: Object.fromEntries(this.#bySource),
      capacityBytes: this.#capacityBytes,
      dropped: Math.max(0, rows.length - MOST_ROWS),
      rows: rows.slice(0, MOST_ROWS),
      drivers: [],
    };
  }
  #count({ phase, source, capacityBytes }: HeldVolume, by: 1 | -1): void {
    this.#byPhase.set(phase, (this.#byPhase.get(phase) ?? 0) + by);
    this.#bySource.set(source, (this.#bySource.get(source) ?? 0) + by);
    this.#capacityBytes += by * capacityBytes;
  }
}
