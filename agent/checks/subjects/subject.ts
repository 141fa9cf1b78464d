/** What an inspection is expected to look at: each subject names the checks that answer it, or says why none does. */
import type { CHECK_IDS } from '../../wire/check-ids.ts';
import type { Text } from '../../wire/vocabulary.ts';

type CheckId = (typeof CHECK_IDS)[number];

export interface Subject {
  readonly title: Text;
  /** Empty when no check answers it. */
  readonly checks: readonly CheckId[];
  /** Why no check answers it; only where `checks` is empty. */
  readonly why?: Text | undefined;
}
export interface SubjectGroup {
  readonly title: Text;
  readonly subjects: readonly Subject[];
}

export function answered(zh: string, en: string, first: CheckId, ...more: readonly CheckId[]): Subject {
  return { title: { zh, en }, checks: [first, ...more] };
}
export function unanswered(zh: string, en: string, why: Text): Subject {
  return { title: { zh, en }, checks: [], why };
}

/** Reasons that several subjects share. Each must be true of the program as it is. */
export const GAPS = {
  history: {
    zh: '需要多次巡检的历史或较长时间窗；检查只看一次巡检的两次采样，没有检查项判断它',
    en: 'Needs the history of several inspections or a long window; checks see the two samples of one inspection, and none judges it',
  },
  forecast: {
    zh: '由收集端根据历史做趋势与预测，写入周期报告；不作为检查项判定',
    en: 'Forecast by the collector from its history and printed in reports of a period; no check judges it',
  },
  severalNodes: {
    zh: '由收集端并排比较各节点最近一次巡检，写入报告与控制台的“节点一致性”；不一致未必是错误，不作为检查项判定',
    en: 'The collector compares the newest inspections of the nodes; reports and console tell it as "Nodes compared". It need not be wrong, so no check judges it',
  },
  kubeletMetrics: {
    zh: 'kubelet 的指标与统计接口需要 API 凭据；节点采集器不持有凭据，集群角色不经 API Server 代理访问节点',
    en: "Kubelet's metrics and statistics ask for an API credential: node agents hold none, and the cluster role does not go through the API server's proxy to nodes",
  },
  componentMetrics: {
    zh: '需要读取该组件自己的指标端口或监控系统；巡检不要求安装监控，也不访问这些端口',
    en: "Needs the component's own metrics port or a monitoring system; an inspection asks for no monitoring and does not visit those ports",
  },
  probe: {
    zh: '需要主动探测或压测；默认不对生产环境产生负载',
    en: 'Needs active probing or load, which an inspection does not put on production by default',
  },
  denied: {
    zh: '需要读取 Secret、ConfigMap 或 Pod 日志；按最小权限不读取',
    en: 'Needs Secrets, ConfigMaps or pod logs, which least privilege leaves unread',
  },
  commands: {
    zh: '需要在节点上以特权执行命令；采集器只读文件',
    en: 'Needs privileged commands on the node; gatherers read files only',
  },
  site: {
    zh: '取决于站点的约定（允许列表、标签规范、基线），没有可引用的通用阈值',
    en: 'Depends on what the site agreed on (allow-list, labels, baseline): there is no general threshold to cite',
  },
  feed: { zh: '需要导入厂商公告、版本或许可证数据', en: 'Needs imported advisories, release lists or licence data of the vendor' },
  products: { zh: '需要该产品自己的自定义资源或接口，尚未读取', en: 'Needs the custom resources or interface of the product, which are not read yet' },
  later: { zh: '已有接口可以取得所需数据，检查尚未实现', en: 'Interfaces that are read already could tell; the check is not built yet' },
} as const satisfies Readonly<Record<string, Text>>;
