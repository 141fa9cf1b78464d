import { describe, expect, it } from 'vitest';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { recognise } from '../../../../agent/gatherers/middleware/recognise.ts';

function told(image: string): readonly [string | undefined, string | undefined] {
  const found = recognise({ containers: [{ image: `registry.example.com:5000/team/${image}`, ports: [] }], owners: [] }, MIDDLEWARE);
  return [found?.definition.product, found?.version];
}

describe('the version that an image tells', () => {
  it.each([
    ['strimzi/kafka:0.48.0-kafka-4.1.0', 'kafka', '4.1.0'],
    ['strimzi/kafka:0.48.0-custom', 'kafka', undefined],
    ['wurstmeister/kafka:2.13-2.8.1', 'kafka', '2.8.1'],
    ['confluentinc/cp-kafka:7.9.0', 'kafka', undefined],
    ['bitnami/kafka:4.0.0-debian-12-r3', 'kafka', '4.0.0-debian-12-r3'],
    ['confluentinc/cp-zookeeper:7.9.0', 'zookeeper', undefined],
    ['zalando/spilo-15:3.0-p1', 'postgresql', '15'],
    ['crunchydata/crunchy-postgres:ubi9-16.4-2', 'postgresql', '16.4'],
    ['timescale/timescaledb:2.14.2-pg16', 'postgresql', '16'],
    ['pgvector/pgvector:pg17', 'postgresql', '17'],
    ['cloudnative-pg/postgresql:16.4', 'postgresql', '16.4'],
    ['rabbitmq:4.1-management', 'rabbitmq', '4.1'],
    ['redis:7.2.4-alpine', 'redis', '7.2.4-alpine'],
    ['redis:latest', 'redis', undefined],
    ['redis', 'redis', undefined],
  ])('%s is %s %s', (image, product, version) => expect(told(image)).toEqual([product, version]));
});
