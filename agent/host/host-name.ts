import type { Host } from './host.ts';

/** The host's own name, first line, at most 253 characters; `localhost` when nobody tells. */
export async function hostNameOf(host: Host): Promise<string> {
  // /proc/sys/kernel/hostname answers for the reader's UTS namespace, which in a pod is the pod's: there the file comes first.
  const paths = host.live || !host.running ? ['/proc/sys/kernel/hostname', '/etc/hostname'] : ['/etc/hostname', '/proc/sys/kernel/hostname'];
  for (const path of paths) {
    const text = await host.read(path, { maxBytes: 4_096, cut: true }).catch(() => '');
    const name = (text.split('\n')[0] ?? '').replace(/[^\x21-\x7e]/g, '').slice(0, 253);
    if (name !== '') return name;
  }
  return 'localhost';
}
