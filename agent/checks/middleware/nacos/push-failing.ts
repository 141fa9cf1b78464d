import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, perDay, told } from '../../middleware-rows.ts';

export const nacosPushFailing = defineCheck({
  id: 'nacos-push-failing',
  area: 'middleware',
  product: 'nacos',
  group: 'load',
  title: { zh: 'Nacos 推送失败', en: 'Nacos push failures' },
  why: { zh: '服务上下线没有通知到调用方，请求会打到已停止的实例。', en: 'Callers are not notified of service changes, so requests go to stopped instances.' },
  remedy: {
    zh: '查看 naming-push.log 中失败的客户端地址；检查客户端进程与到其端口的网络（1.x 为 UDP，2.x 为 gRPC 9848）。',
    en: 'Check naming-push.log for the failed client addresses; check the client processes and the network to their ports (UDP in 1.x, gRPC 9848 in 2.x).',
  },
  severity: 'warning',
  reads: ['middlewareNacos'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'Nacos documentation, "Monitor": nacos_monitor{name="failedPush"}; practice: any in a day',

  evaluate({ middlewareNacos: { members } }, { warningCount }) {
    return judgeInstances(members, ({ failedPushes, uptimeSeconds, recentFailedPushes, recentSeconds }) =>
      told(perDay(failedPushes, uptimeSeconds, recentFailedPushes, recentSeconds), (count) => above(count, { warning: warningCount })),
    );
  },
});
