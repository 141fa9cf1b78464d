import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebListenerQueueGrowing = defineCheck({
  id: 'tongweb-listener-queue-growing',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: '通道有连接等待接受', en: 'Connections waiting to be accepted by the listener' },
  why: {
    zh: '请求已来不及接受，用户感到变慢，队列满后连接被丢弃。',
    en: 'Requests are not accepted in time: users experience delays, and connections are dropped once the queue is full.',
  },
  remedy: {
    zh: '执行 `ss -ltn` 查看监听端口的 Recv-Q；检查通道线程是否用尽、应用是否变慢，再考虑调整 max-threads。',
    en: 'Run `ss -ltn` and check Recv-Q of the listening ports; check whether the listener threads are exhausted or applications are slow before adjusting max-threads.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { warningCount: 5 },
  source: 'practice: an accept queue that holds more than chance arrivals means that the listener does not keep up (TongWeb 8 waitingCount > 0)',

  evaluate({ middlewareTongweb: { rows, listeners } }, { warningCount }) {
    return judgeParts(rows, listeners, ({ waiting, use }) =>
      use === 'other' ? 'other' : told(waiting, (value) => (value >= warningCount ? [{ observed: value, threshold: warningCount }] : [])),
    );
  },
});
