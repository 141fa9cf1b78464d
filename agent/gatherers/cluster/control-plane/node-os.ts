import type { Sections } from '../../../wire/section-values.ts';
import { toVersion } from '../../../wire/version.ts';

type Node = Sections['nodes']['rows'][number];

/** `osImage` begins with the system's own name; the first that fits counts, so the longer names stand first. */
const NAMES: readonly (readonly [RegExp, Node['os']])[] = [
  [/^openEuler/i, 'openeuler'],
  [/^Kylin/i, 'kylin'],
  [/^(UnionTech|UOS)/i, 'uos'],
  [/^Anolis/i, 'anolis'],
  [/^(Alibaba Cloud Linux|Aliyun Linux)/i, 'alinux'],
  [/^(BigCloud|BC-?Linux)/i, 'bclinux'],
  [/^(TencentOS|Tencent tlinux)/i, 'tencentos'],
  [/^Huawei Cloud EulerOS/i, 'hce'],
  [/^EulerOS/i, 'euleros'],
  [/^FusionOS/i, 'fusionos'],
  [/^CTyunOS/i, 'ctyunos'],
  [/^(KeyarchOS|Inspur KOS|KOS)/i, 'kos'],
  [/^veLinux/i, 'velinux'],
  [/^Linx/i, 'linx'],
  [/^CentOS Stream/i, 'centos-stream'],
  [/^CentOS/i, 'centos'],
  [/^Red Hat Enterprise Linux(?! CoreOS)/i, 'rhel'],
  [/^Rocky/i, 'rocky'],
  [/^AlmaLinux/i, 'almalinux'],
  [/^Oracle/i, 'oracle'],
  [/^Fedora(?! CoreOS)/i, 'fedora'],
  [/^Ubuntu/i, 'ubuntu'],
  [/^Debian/i, 'debian'],
  [/^Deepin/i, 'deepin'],
  [/^SUSE Linux Enterprise/i, 'sles'],
  [/^openSUSE/i, 'opensuse'],
  [/^Amazon Linux/i, 'amazon'],
  [/^Bottlerocket/i, 'bottlerocket'],
  [/^Flatcar/i, 'flatcar'],
  [/^Container-Optimized OS/i, 'cos'],
  [/^Talos/i, 'talos'],
  [/^VMware Photon/i, 'photon'],
  [/^(CBL-Mariner|Microsoft Azure Linux)/i, 'azurelinux'],
  [/^Alpine/i, 'alpine'],
  [/^Windows/i, 'windows'],
];

/** The system and its version from `nodeInfo.osImage`, e.g. "openEuler 22.03 (LTS-SP4)" → `22.03-lts-sp4`, "SUSE … 15 SP5" → `15.5`. */
export function parseOsImage(image: string): Pick<Node, 'os' | 'osVersion'> {
  const text = image.slice(0, 200);
  const os = NAMES.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
  const match = /\bV?(\d{1,6}(?:\.\d{1,6}){0,3})(?:\s{1,3}\(?(LTS(?:-SP\d{1,2})?|SP\d{1,2})\b)?/i.exec(text);
  if (match?.[1] === undefined) return { os };
  const pack = match[2] ?? /\b(SP\d{1,2})\b/i.exec(text)?.[1];
  const numbers = os === 'kylin' ? `v${match[1]}` : match[1];
  if (os === 'sles' && pack !== undefined) return { os, osVersion: toVersion(`${numbers}.${pack.slice(2)}`) };
  return { os, osVersion: toVersion(pack === undefined || os === 'ubuntu' ? numbers : `${numbers}-${pack}`) };
}
