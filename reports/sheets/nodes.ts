import { say } from '../format.ts';
import { known } from '../model.ts';
import type { Sheet } from './sheet.ts';

const GIB = 2 ** 30;

/** The nodes with their versions, size and use. */
export const nodesSheet: Sheet = {
  id: 'nodes',
  title: { zh: '节点', en: 'Nodes' },
  write(model, locale) {
    const yesNo = (value: boolean | undefined): string | undefined => (value === undefined ? undefined : value ? say(locale, '是', 'yes') : say(locale, '否', 'no'));
    return {
      columns: [
        { title: say(locale, '节点', 'Node'), width: 28 },
        { title: say(locale, '管理节点', 'Control plane'), width: 12 },
        { title: say(locale, '就绪', 'Ready'), width: 8 },
        { title: say(locale, '可调度', 'Schedulable'), width: 12 },
        { title: 'kubelet', width: 14 },
        { title: say(locale, '操作系统', 'Operating system'), width: 26 },
        { title: say(locale, '内核', 'Kernel'), width: 36 },
        { title: say(locale, '容器运行时', 'Container runtime'), width: 22 },
        { title: say(locale, 'CPU（核）', 'CPU (cores)'), width: 12, format: '0.0' },
        { title: say(locale, '内存（GiB）', 'Memory (GiB)'), width: 14, format: '0.0' },
        { title: 'Pod', width: 8 },
        { title: say(locale, 'Pod 上限', 'Pod capacity'), width: 12 },
        { title: say(locale, 'CPU 请求（%）', 'CPU requested (%)'), width: 16, format: '0.0' },
        { title: say(locale, '内存请求（%）', 'Memory requested (%)'), width: 18, format: '0.0' },
        { title: say(locale, 'CPU 使用（%，metrics-server）', 'CPU used (%, metrics-server)'), width: 26, format: '0.0' },
        { title: say(locale, '内存使用（%，metrics-server）', 'Memory used (%, metrics-server)'), width: 28, format: '0.0' },
      ],
      rows: (known(model.cluster?.nodes)?.rows ?? []).map((node) => [
        node.name,
        yesNo(node.controlPlane),
        yesNo(node.ready),
        yesNo(node.schedulable),
        node.kubelet,
        node.os,
        node.kernel,
        node.runtime,
        node.cpuMillicores === undefined ? undefined : node.cpuMillicores / 1_000,
        node.memoryBytes === undefined ? undefined : node.memoryBytes / GIB,
        node.pods,
        node.podCapacity,
        node.cpuRequestPercent,
        node.memoryRequestPercent,
        node.cpuUsedPercent,
        node.memoryUsedPercent,
      ]),
    };
  },
};
