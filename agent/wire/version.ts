/**
 * The grammar of versions. A kernel or product version may carry a word that its builder chose ("5.10.0-acme-bank"),
 * so words outside a closed list are replaced by `x`: what remains are digits, separators and words of the trade.
 */
const WORDS = new Set(
  (
    'v r p sp rc alpha beta dev build final release ga lts ltss git dirty master main stable snapshot hotfix patch u b m ' +
    'el oe uel uelc an al ky kos ctl ocs tl ts lns amzn fc sles suse deb bpo ubuntu debian generic lowlatency server cloud virtual aws azure gcp gke eks aks ack ' +
    'tke cce kvm rt pae default longterm std arch linux wsl microsoft standard hwe oem raspi orb linuxkit flatcar cos talos minikube kind colima ' +
    'amd arm x i aarch armv riscv ppc le loongarch mips sw noarch k s rke rke2 rancher vmware fips esxi se hs ee ce community enterprise edition ' +
    'oss alpine bullseye bookworm trixie buster jammy focal noble bionic openeuler kylin uos anolis bclinux tencentos euler alios cbl mariner tongweb jdk jre ' +
    'hg hygon phytium kunpeng proxmox pve zabbly xanmod zen ck mt update sec backport uek plus elrepo lt ml ostree photon bottlerocket ' +
    'dfsg ds pre module kubeadm dce daocloud kubespray ks wukong m n c d e f g h j l o q t w y z a'
  ).split(' '),
);
const GRAMMAR = /^[0-9a-z]+(?:[.+~^_:-][0-9a-z]+)*$/;
const LONGEST = 64;

function isKnown(word: string): boolean {
  return WORDS.has(word);
}

/**
 * Brings a foreign version text into the grammar: lower case, unknown words become `x`, cut at 64 characters.
 * `undefined` when nothing that looks like a version is left (no digit).
 */
export function toVersion(foreign: unknown): string | undefined {
  if (typeof foreign !== 'string' || !/\d/.test(foreign)) return undefined;
  const cleaned = foreign
    .slice(0, 256)
    .toLowerCase()
    .replace(/[a-z]+/g, (word) => (isKnown(word) ? word : 'x'))
    .replace(/[^0-9a-z.+~^_:-]+/g, '-')
    .replace(/[.+~^_:-]{2,}/g, '-')
    .slice(0, LONGEST)
    .replace(/^[.+~^_:-]+|[.+~^_:-]+$/g, '');
  return isVersion(cleaned) ? cleaned : undefined;
}

/** Whether a text is in the grammar, known words only. */
export function isVersion(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > LONGEST || !/\d/.test(value) || !GRAMMAR.test(value)) return false;
  return (value.match(/[a-z]+/g) ?? []).every(isKnown);
}
