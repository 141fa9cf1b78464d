import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const kafkaPlainListener = defineCheck({
  id: 'kafka-plain-listener',
  area: 'middleware',
  product: 'kafka',
  group: 'configuration',
  title: { zh: 'Kafka 监听不认证也不加密', en: 'Kafka listener without authentication or encryption' },
  why: { zh: '任何人都能连接，消息以明文传输，可被窃听和伪造。', en: 'Anyone can connect, and messages are sent in clear text, so they may be intercepted or forged.' },
  remedy: {
    zh: '在 broker 上执行 `grep -E "^(listeners|listener.security.protocol.map)" server.properties`；将客户端监听改为 SASL_SSL，内部监听只绑定内网地址。',
    en: 'Run `grep -E "^(listeners|listener.security.protocol.map)" server.properties` on the broker; change client listeners to SASL_SSL, and bind internal listeners to internal addresses only.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareKafka'],
  unit: 'value',
  threshold: {},
  source: 'Apache Kafka documentation, "Security": PLAINTEXT listeners authenticate and encrypt nothing; listeners of controllers and on the loopback are not counted',

  evaluate({ middlewareKafka: { rows } }) {
    return judgeInstances(rows, ({ plainListener }) => wrongWhen(plainListener));
  },
});
