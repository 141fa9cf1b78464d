/** What `/etc/fstab` asks for. Pure. */
import { decodeOctal } from '../../../host/statfs-paths.ts';
import { hasOption } from './mountinfo.ts';

export interface FstabEntry {
  readonly mountPoint: string;
  readonly readOnly: boolean;
  /** Should be mounted at boot; entries that wait to be asked for are not. */
  readonly atBoot: boolean;
}

/** Entries with a mount point, at most 500 lines of them. */
export function parseFstab(text: string): readonly FstabEntry[] {
  return text.split('\n', 500).flatMap((line) => {
    const [source = '#', mountPoint = '', type = '', options = ''] = line.slice(0, 4_096).trim().split(/\s+/);
    if (source.startsWith('#') || !mountPoint.startsWith('/') || type === 'swap') return [];
    return [
      {
        mountPoint: clean(decodeOctal(mountPoint)),
        readOnly: hasOption(options, 'ro'),
        atBoot: !(hasOption(options, 'noauto') || options.includes('x-systemd.automount') || type === 'autofs'),
      },
    ];
  });
}

function clean(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
