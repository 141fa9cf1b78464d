/**
 * Which paths of this process lead to which device. The host's root need not be mounted: any visible path of the same
 * device gives the counters of its whole file system, and even a pod without mounts sees the kubelet's device through
 * its own `/etc/hosts`. Pure.
 */

/** A path of this process, and whether a network or FUSE mount lies on the way to it. */
export interface VisiblePath {
  readonly path: string;
  readonly risky: boolean;
}

/** More bind mounts of one device than this add nothing. */
const MAX_PATHS = 64;
/** Types whose answer depends on another machine or on a process of user space, which may never give it. */
const ISOLATED = /^(nfs4?|cifs|smb3|smbfs|ceph|glusterfs|lustre|gpfs|beegfs|9p|virtiofs|afs|coda|ncpfs|ocfs2|gfs2?|orangefs|pvfs2|autofs|fuse|fuseblk|fuse\..{1,64})$/;

/** Whether a file system of this type must be asked from a process that may be left behind. */
export function mustIsolate(type: string): boolean {
  return ISOLATED.test(type);
}

/** Mount points in `/proc` write blanks, tabs, newlines and backslashes as `\ooo`. */
export function decodeOctal(text: string): string {
  return text.includes('\\') ? text.replace(/\\([0-3][0-7]{2})/g, (_escape, digits: string) => String.fromCharCode(Number.parseInt(digits, 8))) : text;
}

/** Lines of a text without an array of all of them. */
export function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    yield text.slice(start, end);
    start = end + 1;
  }
}

/** @param ownMountinfo `/proc/self/mountinfo` of this process @returns paths by `major:minor`, shortest first */
export function visiblePaths(ownMountinfo: string): ReadonlyMap<string, readonly VisiblePath[]> {
  const byDevice = new Map<string, string[]>();
  const riskyMounts: string[] = [];
  for (const line of linesOf(ownMountinfo)) {
    const parts = line.split(' ');
    const [, , device = '', , escaped = ''] = parts;
    const dash = parts.indexOf('-', 6);
    if (dash === -1 || !/^\d{1,10}:\d{1,10}$/.test(device)) continue;
    const path = decodeOctal(escaped);
    if (mustIsolate(parts[dash + 1] ?? '') && riskyMounts.length < 1_000) riskyMounts.push(path === '/' ? path : `${path}/`);
    const paths = byDevice.get(device);
    if (paths === undefined) byDevice.set(device, [path]);
    else if (paths.length < MAX_PATHS) paths.push(path);
  }
  const isRisky = (path: string): boolean => riskyMounts.some((mount) => `${path}/`.startsWith(mount));
  return new Map([...byDevice].map(([device, paths]) => [device, paths.sort((a, b) => a.length - b.length).map((path) => ({ path, risky: isRisky(path) }))]));
}
