import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsImage = defineCheck({
  id: 'addon-warning-events-image',
  area: 'addon',
  title: { zh: '镜像拉取或容器启动反复失败', en: 'Repeated image pull or container start failures' },
  why: { zh: '新版本起不来，扩容和故障后的重建也会失败。', en: 'New versions cannot start, and neither can replicas added by scaling or replacing failed ones.' },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=Failed --sort-by=.lastTimestamp`；检查镜像名、仓库凭据与网络，以及启动命令。',
    en: 'Run `kubectl get events -A --field-selector reason=Failed --sort-by=.lastTimestamp`; check the image name, registry credentials, network and start command.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 50 },
  source: 'KubeEye ExceptionEvents and DaoCloud Insight event rules; practice: more than 50 an hour',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['Failed', 'InspectFailed', 'ErrImageNeverPull'], limits);
  },
});
