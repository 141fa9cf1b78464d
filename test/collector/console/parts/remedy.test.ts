/** Remedies in pages: only commands that read are copied, with the names that are known and none that a shell would read otherwise. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../../agent/checks/index.ts';
import type { Scope } from '../../../../agent/wire/inspection.ts';
import { isReadOnly, partsOf } from '../../../../collector/console/parts/read-only-command.ts';
import { filledCommand, remedyMarkup } from '../../../../collector/console/parts/remedy.ts';

const VIEW = { t: (_zh: string, en: string) => en };
const NODE: Scope = { kind: 'Node', name: 'demo-prod-worker-4' };

describe('a command', () => {
  it.each([
    'kubectl get node worker-4 -o wide',
    "kubectl -n shop get pods -o jsonpath='{..image}'",
    'kubectl -n shop rollout status deployment/cart --timeout=5s',
    'kubectl get --raw /metrics | grep -E "process_(open|max)_fds"',
    'kubectl -n {namespace} set env deployment/{name} --list',
    'cat /proc/$(pidof -s {component})/oom_score_adj',
    'journalctl -k --since -24h | grep -A20 "soft lockup"',
    'sysctl net.core.somaxconn',
    'systemctl status kubelet',
    'ip -s link show eth0',
    'openssl x509 -noout -enddate -in /etc/kubernetes/pki/apiserver.crt',
    'etcdctl endpoint status -w table --cluster',
    'df -h / /var/lib/etcd',
    'ping demo-prod-worker-4',
    'GET _cat/nodes?v',
    'SELECT datname, age(datfrozenxid) FROM pg_database ORDER BY 2 DESC',
    'kafka-topics.sh --bootstrap-server {broker} --describe --under-replicated-partitions',
  ])('that only reads is copied: %s', (command) => expect(isReadOnly(command)).toBe(true));

  it.each([
    'kubeadm certs renew all',
    'swapoff -a',
    'etcdctl auth enable',
    'etcdctl defrag',
    'etcdctl alarm disarm',
    'crictl rmi --prune',
    '/etc/fstab',
    'LimitNOFILE',
    '--trusted-ca-file',
    'kubectl drain worker-4',
    'kubectl -n shop scale deployment cart --replicas=2',
    'kubectl -n shop set env deployment/cart A=b',
    'kubectl -n shop rollout restart deployment/cart',
    'kubectl get pods | xargs kubectl delete pod',
    'kubectl get pods; reboot',
    'kubectl get pods && reboot',
    'kubectl get pods > /etc/passwd',
    'cat $(reboot)',
    'grep "$(reboot)" /etc/hosts',
    'sysctl -w vm.swappiness=1',
    'sysctl vm.swappiness=1',
    'systemctl restart kubelet',
    'journalctl --vacuum-size=1G',
    'ip link set eth0 down',
    'mount /data',
    'date -s 12:00',
    'curl -X POST http://x/',
    'SELECT pg_reload_conf()',
    'SELECT 1; DROP TABLE x',
    'sort -o /etc/passwd /tmp/x',
    'dmesg -C',
    'ping -f demo-prod-worker-4',
    'ss -K dst 10.0.0.1',
  ])('that is none, or does more, is not: %s', (command) => expect(isReadOnly(command)).toBe(false));

  it('of the catalogue is copied only when no word of it changes anything', () => {
    const commands = CHECKS.flatMap(({ remedy }) => [remedy.zh, remedy.en])
      .flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command))
      .filter((command) => isReadOnly(filledCommand(command, undefined).text));
    expect(new Set(commands).size).toBeGreaterThan(500);
    const changing =
      /(?:^|\s)(?:renew|approve|enable|disable|defrag|disarm|prune|drain|cordon|uncordon|taint|label|patch|scale|delete|apply|edit|create|replace|restart|start|stop|reload|install|remove|autoremove|upgrade|save|restore|heal|set-hostname|chmod|chown|rm|mv|cp|tee|kill|swapoff|swapon|modprobe|mkfs\S*|fsck|resize2fs|xfs_growfs|hostnamectl set\S*)(?:\s|$)/;
    expect(commands.filter((command) => changing.test(command) && !/--describe|grep|explain|CONFIG GET/.test(command))).toEqual([]);
  });

  it('is never copied when a shell would run a second one', () => {
    fc.assert(
      fc.property(fc.constantFrom(';', '&&', '&', '>', '>>', '<', '`', '$(', '\n', '||'), fc.constantFrom('kubectl get pods', 'cat /etc/hosts', 'df -h'), (sign, command) => {
        expect(isReadOnly(`${command} ${sign} x`)).toBe(false);
        expect(isReadOnly(`${command} ${sign} reboot`)).toBe(false);
      }),
    );
    expect(partsOf("grep 'a | b; c' x | wc -l")).toEqual([
      ['grep', 'a | b; c', 'x'],
      ['wc', '-l'],
    ]);
  });
});

describe('a remedy', () => {
  it('has the names of its object, in either language', () => {
    for (const place of ['<node>', '<节点>', '<节点名>'])
      expect(filledCommand(`kubectl get node ${place} -o wide`, NODE)).toEqual({ text: 'kubectl get node demo-prod-worker-4 -o wide', places: 0 });
    const pod: Scope = { kind: 'Pod', name: 'cart-0', namespace: 'shop', node: 'w-1' };
    expect(filledCommand('kubectl -n <命名空间> logs <Pod> --previous', pod).text).toBe('kubectl -n shop logs cart-0 --previous');
    expect(filledCommand('kubectl get node <node>', pod).text).toBe('kubectl get node w-1');
    // Another kind has another name.
    expect(filledCommand('kubectl -n <namespace> describe replicaset <name>', pod)).toEqual({ text: 'kubectl -n shop describe replicaset {name}', places: 1 });
    expect(filledCommand('kubectl -n <namespace> describe pvc <name>', { kind: 'PersistentVolumeClaim', name: 'data', namespace: 'shop' }).places).toBe(0);
    expect(filledCommand('df -h <mount point>', { kind: 'Mount', name: '/var/lib', node: 'w-1' }).text).toBe('df -h /var/lib');
  });

  it('shows what is to be filled in, and takes no name that a shell would read otherwise', () => {
    const text = 'Look with `kubectl get node <节点> -o wide`, then `kubectl uncordon <节点>` and `/etc/fstab`.';
    const without = remedyMarkup(VIEW, text, undefined).text;
    expect(without).toContain('<code data-copy>kubectl get node <var class="fill">{节点}</var> -o wide</code>');
    expect(without).toContain('yours to fill in');
    expect(without).toContain('<code>/etc/fstab</code>');
    const known = remedyMarkup(VIEW, text, NODE).text;
    expect(known).toContain('<code data-copy>kubectl get node demo-prod-worker-4 -o wide</code>');
    expect(known).toContain('<code>kubectl uncordon demo-prod-worker-4</code>');
    expect(known).not.toContain('fill');
    for (const name of ['x; reboot', '$(reboot)', '`reboot`', '-o', 'a b', "a'b", 'a"b', 'a|b', 'a>b', 'a\nb', '<script>', '{节点}'])
      expect(remedyMarkup(VIEW, text, { kind: 'Node', name }).text).toBe(without);
  });
});
