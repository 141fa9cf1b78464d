/** A Kubernetes node with a word planted in every place of its files that people or programs can write into. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KUBEADM_HOST, processFiles } from '../agent/gatherers/kubernetes/kubeadm-host.ts';
import type { Files } from './tree.ts';

/** A certificate whose subject, issuer and names hold the word. */
export function plantedCertificate(word: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-pki-'));
  try {
    const file = (name: string): string => join(folder, name);
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30', '-keyout', file('key'), '-out', file('crt')].concat([
        '-subj',
        `/CN=${word}/O=${word} bank/OU=${word}/emailAddress=${word}@example.com`,
        '-addext',
        `subjectAltName=DNS:${word}.example.com,URI:spiffe://${word}/x`,
      ]),
      { stdio: 'ignore' },
    );
    return readFileSync(file('crt'), 'latin1');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param now Unix seconds */
export function plantedHost(word: string, now: number): Files {
  const certificate = plantedCertificate(word);
  const W = word.toUpperCase();
  const note = `# ${word}\n`;
  const kernelLines = [
    `EXT4-fs error (device ${word}): ${word}: bad entry`,
    `${word}[77]: segfault at 0 ip 0 sp 0 error 4 in ${word}.so`,
    `Out of memory: Killed process 7 (${word}) total-vm:1kB`,
    `INFO: task ${word}:7 blocked for more than 120 seconds.`,
    `nfs: server ${word} not responding, still trying`,
    `${word} free text of nobody`,
  ];
  const named = Object.fromEntries(Object.entries(KUBEADM_HOST).map(([path, content]) => [path, typeof content === 'string' ? inYaml(path, content, word) : content]));
  const folders = ['/etc/sysctl.d', '/etc/rsyslog.d', '/etc/ssh/sshd_config.d', '/etc/chrony/conf.d', '/etc/systemd/journald.conf.d', '/etc/kubernetes/kubelet.conf.d'];
  return {
    ...named,
    ...Object.fromEntries(folders.map((folder) => [`${folder}/10-${word}.conf`, note])),
    ...processFiles(3_000, word.slice(0, 15), [`/opt/${word}/bin`, `--token=${word}`], { cgroup: `0::/system.slice/${word}.service` }),
    ...processFiles(3_001, 'chronyd', ['/usr/sbin/chronyd', `-f/etc/${word}`]),
    ...processFiles(3_002, 'dockerd', ['/usr/bin/dockerd', `--label=${word}`, `--insecure-registry=${word}:5000`]),
    ...processFiles(3_003, 'etcd', ['etcd', `--name=${word}`, `--data-dir=/var/lib/${word}`, '--listen-metrics-urls=http://127.0.0.1:2381']),
    ...processFiles(3_004, 'kube-proxy', ['kube-proxy', `--hostname-override=${word}`, `--config=/var/lib/kube-proxy/${word}.conf`]),
    '/proc/1/comm': `${word}\n`,
    '/etc/os-release': `ID=${word}\nID_LIKE="rhel ${word}"\nNAME="${word} Linux"\nVERSION="22.03 ${word}"\nVERSION_ID="22.03-${word}"\nPRETTY_NAME="${word} 22.03"\nVARIANT_ID=${word}\n`,
    '/etc/openEuler-release': `openEuler release 22.03 (${word})\n`,
    '/var/lib/dpkg/status': `Package: bash\nStatus: install ok installed\nMaintainer: ${word} <a@${word}.example.com>\nArchitecture: amd64\nVersion: 5.2.15-2+b2\nDescription: ${word}\n ${word}\n\nPackage: ${word}\nStatus: install ok installed\nVersion: 1.0-${word}\n\nPackage: openssl\nStatus: install ok installed\nVersion: 3.0.11-1~${word}\n`,
    '/etc/hostname': `${word}-node\n`,
    '/etc/timezone': `Bank/${W}\n`,
    '/etc/localtime': `-> /usr/share/zoneinfo/Bank/${word}`,
    '/etc/fstab': `/dev/${word} / xfs defaults,x-${word} 0 0\n${word}:/share /mnt/${word} nfs soft,${word} 0 0\nUUID=${word} /missing/${word} xfs nofail 0 0\n${note}`,
    '/etc/resolv.conf': `search ${word}.example.com\nnameserver 10.0.0.1\nnameserver ${word}\noptions ${word} ndots:5\n${note}`,
    '/etc/nsswitch.conf': `hosts: files ${word} dns\n`,
    '/etc/chrony.conf': `server ${word}.example.com iburst\npool ${word} iburst\nrefclock PHC /dev/${word}\nconfdir /etc/chrony/conf.d\n${note}`,
    '/etc/ntp.conf': `server ${word}\n${note}`,
    '/etc/systemd/timesyncd.conf': `[Time]\nNTP=${word}\n`,
    '/etc/systemd/journald.conf': `[Journal]\nStorage=${word}\nSystemMaxUse=${word}\n`,
    [`/etc/systemd/system/multi-user.target.wants/systemd-${word}.service`]: `-> /lib/${word}`,
    [`/etc/systemd/system/multi-user.target.wants/${word}.service`]: `-> /lib/${word}`,
    [`/etc/systemd/system/docker.service.d/${word}.conf`]: `[Service]\nEnvironment=HTTP_PROXY=http://${word}@proxy\n`,
    '/run/systemd/container': `${word}\n`,
    '/etc/rsyslog.conf': `*.* @@${word}:514\n`,
    '/etc/logrotate.conf': `weekly\nrotate 4\ncreate 0640 ${word} ${word}\n`,
    '/etc/logrotate.d/rsyslog': `/var/log/${word} {\n rotate 7\n daily\n}\n`,
    '/etc/ssh/sshd_config': `PermitRootLogin ${word}\nPasswordAuthentication ${word}\nBanner /etc/${word}\nMatch User ${word}\nInclude /etc/ssh/sshd_config.d/*.conf\n`,
    '/etc/passwd': `root:x:0:0:${word}:/root:/bin/sh\n${word}:x:0:0:${word}:/home/${word}:/bin/${word}\n`,
    '/etc/shadow': `root:$6$${word}:::::::\n${word}::::::::\n`,
    '/etc/login.defs': `PASS_MAX_DAYS 90\nUMASK ${word}\n`,
    '/etc/selinux/config': `SELINUX=${word}\nSELINUXTYPE=${word}\n`,
    '/etc/ufw/ufw.conf': `ENABLED=${word}\n`,
    '/etc/sysctl.conf': `kernel.${word} = ${word}\n`,
    '/etc/docker/daemon.json': JSON.stringify({
      'registry-mirrors': [`https://${word}`],
      'insecure-registries': [word],
      labels: [word],
      'log-driver': word,
      'exec-opts': [word],
      'storage-driver': word,
    }),
    '/etc/containerd/config.toml': `version = 2\nroot = "/data/${word}"\n[plugins."io.containerd.grpc.v1.cri"]\n  sandbox_image = "${word}/pause:3.9-${word}"\n[plugins."io.containerd.grpc.v1.cri".registry.configs."${word}".tls]\n  insecure_skip_verify = true\n[plugins."${word}"]\n`,
    [`/etc/containerd/certs.d/${word}/hosts.toml`]: `server = "https://${word}"\n[host."https://${word}"]\n  skip_verify = true\n`,
    '/var/lib/kubelet/kubeadm-flags.env': `KUBELET_KUBEADM_ARGS="--pod-infra-container-image=${word}/pause:3.9 --node-labels=${word}=${word} --hostname-override=${word}"\n`,
    [`/etc/kubernetes/manifests/${word}.yaml`]: `apiVersion: v1\nkind: Pod\nmetadata: { name: ${word}, namespace: ${word}, labels: { ${word}: ${word} } }\nspec:\n  containers:\n  - { name: ${word}, image: "${word}:1", command: [${word}], env: [{ name: ${W}, value: ${word} }] }\n`,
    [`/etc/kubernetes/pki/${word}.crt`]: certificate,
    '/etc/kubernetes/pki/apiserver.crt': certificate,
    [`/etc/kubernetes/${word}.conf`]: `users:\n- name: ${word}\n  user:\n    client-certificate-data: ${Buffer.from(certificate).toString('base64')}\n    token: ${word}\n`,
    [`/var/backups/etcd-${word}/snapshot.db`]: Buffer.alloc(32 * 1024, word),
    [`/var/backups/etcd/${word}.db`]: Buffer.alloc(32 * 1024, word),
    [`/var/crash/${word}/vmcore`]: word,
    [`/var/lib/systemd/coredump/core.${word}.0.abc.1.2.zst`]: word,
    [`/var/log/${word}.log`]: `${word}\n`.repeat(50),
    [`/var/log/pods/${word}_${word}_1/${word}/0.log`]: `${word}\n`,
    [`/var/lib/docker/containers/${word}/${word}-json.log`]: word,
    '/var/log/messages': kernelLines.map((line) => `${new Date((now - 600) * 1_000).toISOString().replace('Z', '+00:00')} ${word} kernel: ${line}\n`).join(''),
    '/dev/kmsg': kernelLines.map((line, index) => `3,${index},${(now - 500 - (now - 86_400)) * 1_000_000},-,caller=${word};${line}\n SUBSYSTEM=${word}\n`).join(''),
    '/proc/stat': `cpu  10 2 30 400 5 6 7 8 0 0\ncpu0 10 2 30 400 5 6 7 8 0 0\nctxt 5\nbtime ${now - 86_400}\nprocesses 9\nprocs_running 1\nprocs_blocked 0\n${word} 5\n`,
    '/proc/uptime': '86400.11 1.0\n',
    '/proc/loadavg': `0.10 0.20 0.30 1/200 ${word}\n`,
    '/proc/meminfo': `MemTotal:       32614152 kB\nMemFree: 1000000 kB\nMemAvailable:   16000000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n${word}: 5 kB\n`,
    '/proc/cmdline': `BOOT_IMAGE=/vmlinuz-${word} root=/dev/mapper/${word} ${word}=${word} mitigations=${word} quiet\n`,
    '/proc/cpuinfo': `processor\t: 0\nvendor_id\t: ${word}\nmodel name\t: ${word} 9000\nphysical id\t: 0\nsiblings\t: 4\nflags\t: fpu ${word}\n`,
    '/proc/filesystems': `nodev\t${word}\n\text4\n`,
    '/proc/modules': `${word} 16384 0 - Live 0x0 (OE)\nbr_netfilter 1 0 - Live 0x0\n`,
    '/proc/mdstat': `Personalities : [raid1] [${word}]\nmd_${word} : active raid1 sda1[0] ${word}1[1](F)\n      100 blocks super 1.2 [2/1] [U_]\n\nunused devices: ${word}\n`,
    '/proc/diskstats': `   8       0 sda 1000 10 80000 500 2000 20 160000 4000 0 3000 4500 0 0 0 0\n   9       0 ${word} 1000 10 80000 500 2000 20 160000 4000 0 3000 4500 0 0 0 0\n`,
    '/proc/1/mountinfo': `26 1 253:0 / / rw,relatime shared:1 - xfs /dev/mapper/${word} rw\n31 26 8:17 /${word} /data/${word} rw,${word} - ext4 /dev/${word} rw,${word}\n32 26 0:44 / /mnt/${word} rw - nfs4 ${word}:/x rw,soft\n33 26 0:45 / /odd rw - fuse.${word} ${word} rw\n`,
    '/.statfs.json': JSON.stringify({
      '/': { bsize: 4096, blocks: 1000, bfree: 300, bavail: 100, files: 1000, ffree: 40 },
      [`/data/${word}`]: { bsize: 4096, blocks: 1000, bfree: 30, bavail: 10, files: 1000, ffree: 40 },
    }),
    '/proc/1/net/dev': `Inter-| ${word}\n face |bytes\n  eth0: 9 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n${word.slice(0, 15)}: 9 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n`,
    [`/sys/class/net/${word.slice(0, 15)}/mtu`]: '1500\n',
    [`/sys/class/net/${word.slice(0, 15)}/duplex`]: `${word}\n`,
    [`/sys/class/net/${word.slice(0, 15)}/uevent`]: `DEVTYPE=${word}\nINTERFACE=${word}\n`,
    [`/sys/class/net/${word.slice(0, 15)}/device/uevent`]: `DRIVER=${word}\n`,
    '/sys/class/net/eth0/mtu': '1500\n',
    [`/proc/1/net/bonding/${word.slice(0, 15)}`]: `Ethernet Channel Bonding Driver: v5.10 ${word}\n\nBonding Mode: ${word}\nMII Status: up\nMII Polling Interval (ms): 100\n\nSlave Interface: ${word}\nMII Status: down\nLink Failure Count: 5\n`,
    '/proc/1/net/snmp': `Tcp: CurrEstab OutSegs RetransSegs ${word}\nTcp: 12 5 1 4\nUdp: RcvbufErrors SndbufErrors\nUdp: 0 0\n`,
    '/proc/1/net/netstat': `TcpExt: ListenOverflows ${word}\nTcpExt: 5 6\n`,
    '/proc/1/net/sockstat': `sockets: used 10\nTCP: inuse 5 orphan 0 tw 0 alloc 6 mem 1\n${word}: inuse 1\n`,
    '/proc/1/net/arp': `IP address       HW type     Flags       HW address            Mask     Device\n10.0.0.2 0x1 0x2 00:00:00:00:00:01 * ${word}\n`,
    '/proc/sys/kernel/hostname': `${word}-kernel\n`,
    '/proc/sys/kernel/osrelease': `5.10.0-216.${word}.oe2203sp4.x86_64-${word}\n`,
    '/proc/sys/kernel/version': `#1 SMP ${word}\n`,
    '/proc/sys/kernel/core_pattern': `|/opt/${word}/dump %e\n`,
    '/proc/sys/kernel/pid_max': '4194304\n',
    '/proc/sys/net/netfilter/nf_conntrack_count': '10\n',
    '/proc/sys/net/netfilter/nf_conntrack_max': '262144\n',
    '/proc/1/net/softnet_stat': `${'00000001 '.repeat(13)}\n${word}\n`,
    '/proc/pressure/cpu': `some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n${word}\n`,
    '/sys/class/hwmon/hwmon0/name': `${word}\n`,
    '/sys/class/hwmon/hwmon0/temp1_input': '45000\n',
    '/sys/class/hwmon/hwmon0/temp1_label': `${word}\n`,
    '/sys/class/hwmon/hwmon0/temp1_crit': '100000\n',
    '/proc/sys/vm/swappiness': `${word}\n`,
    '/proc/sys/net/ipv4/tcp_congestion_control': `${word}\n`,
    '/proc/sys/net/ipv4/ip_forward': '1\n',
    '/sys/class/dmi/id/sys_vendor': `${word}\n`,
    '/sys/class/dmi/id/product_name': `${word} 9000\n`,
    '/sys/class/dmi/id/bios_vendor': `${word}\n`,
    '/sys/kernel/mm/transparent_hugepage/enabled': `always [${word}] never\n`,
    '/sys/devices/system/clocksource/clocksource0/current_clocksource': `${word}\n`,
    '/sys/devices/system/cpu/online': '0-3\n',
    '/sys/devices/system/cpu/vulnerabilities/meltdown': `Vulnerable: ${word}\n`,
    [`/sys/devices/system/cpu/vulnerabilities/${word}`]: 'Vulnerable\n',
    [`/sys/block/${word}/size`]: '1000\n',
    [`/sys/block/${word}/device/model`]: `${word}\n`,
    '/sys/block/sda/device/vendor': `${word}\n`,
    '/sys/block/sda/queue/scheduler': `[${word}] none\n`,
    '/sys/block/sda/queue/rotational': '0\n',
    [`/sys/fs/ext4/${word}/errors_count`]: '3\n',
    [`/boot/vmlinuz-6.6.0-${word}`]: '',
    [`/lib/modules/6.6.0-${word}/modules.builtin`]: `kernel/${word}.ko\n`,
    [`/sys/module/${word}/refcnt`]: '1\n',
  };
}

/** The word in comments, labels and flag values of the kubeadm files, where their format leaves room. */
function inYaml(path: string, content: string, word: string): string {
  if (!/\.(ya?ml|conf|env|toml)$/.test(path)) return content;
  return `${content.replaceAll('customer', word).replaceAll('acme', word).replaceAll('master-1', word).replaceAll('AcmeCustomPlugin', word).replace('clusterDomain: cluster.local', `clusterDomain: ${word}.local\nproviderID: ${word}\nregisterWithTaints: [{ key: ${word}, effect: NoSchedule }]\n${word}: ${word}`)}# ${word}\n`;
}
