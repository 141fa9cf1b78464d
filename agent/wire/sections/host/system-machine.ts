/** What the machine is: its name, architecture, virtualisation and hardware. No serial number, asset tag or UUID has a field. */
import { bool, counter, gauge, name, oneOf, optional, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';

/** Go's names, as the Kubernetes API spells them; `sw64` is Sunway. */
export const ARCHITECTURES = ['amd64', '386', 'arm64', 'arm', 'loong64', 'mips64', 'ppc64le', 'riscv64', 's390x', 'sw64', 'other'] as const;
export const HYPERVISORS = ['none', 'kvm', 'vmware', 'hyper-v', 'xen', 'virtualbox', 'parallels', 'bhyve', 'powervm', 'zvm', 'other'] as const;
export const CONTAINERS = ['none', 'docker', 'podman', 'kubernetes', 'lxc', 'systemd-nspawn', 'wsl', 'other'] as const;
export const HARDWARE_VENDORS = [
  'huawei', 'xfusion', 'inspur', 'sugon', 'h3c', 'zte', 'lenovo', 'dell', 'hpe', 'hp', 'ibm', 'supermicro', 'asus', 'cisco', 'fujitsu', 'nettrix', 'powerleader', 'great-wall', 'tongfang',
  'foxconn', 'quanta', 'gigabyte', 'intel', 'amazon', 'google', 'microsoft', 'alibaba-cloud', 'tencent-cloud', 'huawei-cloud', 'openstack', 'vmware', 'qemu', 'red-hat', 'nutanix', 'sangfor',
  'zstack', 'smartx', 'virtualbox', 'parallels', 'xen', 'other',
] as const;
export const PROCESSOR_FAMILIES = [
  'intel-xeon', 'intel-core', 'intel-other', 'amd-epyc', 'amd-ryzen', 'amd-other', 'hygon', 'zhaoxin', 'kunpeng', 'phytium', 'loongson', 'ampere', 'graviton', 'yitian', 'arm-neoverse', 'apple',
  'power', 'z', 'sunway', 'virtual', 'other',
] as const;

export const machine = defineSection({
  id: 'machine',
  domain: 'host',
  group: 'inventory',
  purpose: text('主机身份与规格', 'The machine: name, architecture, size and role'),
  fields: {
    name: optional(name(text('主机名', 'Host name'), 'node')),
    architecture: oneOf(text('处理器架构', 'Processor architecture'), ARCHITECTURES),
    hypervisor: optional(oneOf(text('虚拟化平台（none 为物理机）', 'Hypervisor; none means bare metal'), HYPERVISORS)),
    container: oneOf(text('被检查的系统是否为容器', 'Container that the inspected system itself is'), CONTAINERS),
    cores: optional(counter(text('在线逻辑处理器数', 'Logical processors that are online'))),
    sockets: optional(counter(text('处理器插槽数', 'Processor sockets'))),
    numaNodes: optional(counter(text('NUMA 节点数', 'NUMA nodes'))),
    memoryBytes: optional(counter(text('内存总量', 'Memory'), 'bytes')),
    kubernetesNode: bool(text('是否为 Kubernetes 节点（有 kubelet 的数据或 Pod 的 cgroup）', 'Whether it is a Kubernetes node: data of a kubelet or cgroups of pods exist')),
    controlPlane: bool(text('是否运行 kube-apiserver 静态 Pod', 'Whether it has a static pod of kube-apiserver')),
  },
});

export const hardware = defineSection({
  id: 'hardware',
  domain: 'host',
  group: 'inventory',
  purpose: text('硬件型号类别（不含序列号与资产编号）', 'Class of hardware, without serial numbers or asset tags'),
  fields: {
    vendor: oneOf(text('整机厂商', 'Vendor of the machine'), HARDWARE_VENDORS),
    virtual: bool(text('是否为虚拟机', 'Whether it is a virtual machine')),
    processorFamily: oneOf(text('处理器系列', 'Family of the processor'), PROCESSOR_FAMILIES),
    processorGhz: optional(gauge(text('标称主频（GHz）', 'Nominal clock in GHz'), 'value', { max: 100 })),
    physicalCores: optional(counter(text('物理核数', 'Physical cores'))),
    sockets: optional(counter(text('处理器插槽数', 'Processor sockets'))),
    firmwareDate: optional(timestamp(text('固件（BIOS）日期', 'Date of the firmware'))),
  },
});
