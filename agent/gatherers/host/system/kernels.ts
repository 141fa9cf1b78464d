/** Comparing kernel releases the way package managers do, and finding the newest that is installed. */

/** Words that make a kernel another product than the plain one; a newer kernel of another flavour is no update of the running one. */
const FLAVOURS = new Set([
  'rt',
  'lowlatency',
  'debug',
  'kdump',
  'azure',
  'aws',
  'gcp',
  'gke',
  'kvm',
  'cloud',
  'oracle',
  'uek',
  'lts',
  'elrepo',
  'pae',
  'xen',
  'microsoft',
  'linuxkit',
  'raspi',
  '64k',
  'hwe',
  'oem',
  'virtual',
]);
const MOST_KERNELS = 200;

/** Order of two kernel releases by RPM's rule: runs of digits compare as numbers, digits win over letters, `~` comes before everything. */
export function compareKernels(a: string, b: string): number {
  const left = segments(a);
  const right = segments(b);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = compareSegments(left[index], right[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function segments(release: string): readonly string[] {
  return release.slice(0, 256).match(/\d{1,15}|[a-zA-Z]{1,64}|~/g) ?? [];
}
function compareSegments(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === '~') return -1;
  if (b === '~') return 1;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  const [isNumberA, isNumberB] = [/^\d/.test(a), /^\d/.test(b)];
  if (isNumberA !== isNumberB) return isNumberA ? 1 : -1;
  if (isNumberA) return Math.sign(Number(a) - Number(b));
  return a < b ? -1 : 1;
}

function flavour(release: string): string {
  return (release.toLowerCase().match(/64k|[a-z]{1,64}/g) ?? []).filter((word) => FLAVOURS.has(word)).join(' ');
}

/**
 * The newest installed kernel of the running one's flavour.
 * @param files names in `/boot` (`vmlinuz-…`) @param trees names in `/lib/modules`
 */
export function newestKernel(running: string, files: readonly string[], trees: readonly string[]): string | undefined {
  const images = files
    .flatMap((file) => /^(?:vmlinuz|vmlinux|Image|kernel)-(\d[\w.+~-]{2,200})$/.exec(file)?.[1] ?? [])
    .filter((release) => !release.includes('rescue') && !/\.(old|bak|signed)$/.test(release));
  // A tree of modules stays behind when a kernel is removed, so it counts only where /boot is not visible.
  const candidates = (images.length > 0 ? images : trees.filter((tree) => /^\d[\w.+~-]{2,200}$/.test(tree))).slice(0, MOST_KERNELS);
  let newest: string | undefined;
  for (const candidate of candidates) {
    if (flavour(candidate) === flavour(running) && (newest === undefined || compareKernels(candidate, newest) > 0)) newest = candidate;
  }
  return newest;
}
