/** Tomcat: what its installation, its running process and its JMX are reduced to. */
import { bool, counter, list, name, optional, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MOST_INSTANCES, MOST_PARTS } from './instance-fields.ts';
import { APPLICATION_FIELDS, DUMP_FIELDS, JVM_FIELDS, PROCESS_FIELDS, TRAFFIC_FIELDS } from './jvm-fields.ts';
import { defineSettings, flag, number } from './settings.ts';

export const TOMCAT_SETTINGS = defineSettings({
  autoDeploy: flag(),
  maxThreads: number(),
  acceptCount: number(),
  connectionTimeout: number('milliseconds'),
  'jvm.xmx': number('bytes'),
  'jvm.xms': number('bytes'),
});

export const middlewareTomcat = defineSection({
  id: 'middlewareTomcat',
  domain: 'middleware',
  group: 'usage',
  purpose: text(
    'Tomcat 实例：JVM、连接器、应用与关键配置（不含口令与连接串）',
    'Tomcat instances: JVM, connectors, applications and key configuration, no passwords or addresses of databases',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      ...PROCESS_FIELDS,
      ...JVM_FIELDS,
      ...DUMP_FIELDS,
      configurationRead: bool(text('读到了 server.xml', 'server.xml could be read')),
      autoDeploy: optional(bool(text('自动部署', 'Deploys what is put into a folder'))),
      accessLog: optional(bool(text('记录访问日志', 'Access log is on'))),
      shutdownPort: optional(bool(text('开放停止端口', 'Its shutdown port is open'))),
      ajpOpen: optional(bool(text('AJP 连接器未设密钥', 'An AJP connector without a secret'))),
    }),
    connectors: list(text('连接器', 'Connectors'), MOST_PARTS, {
      instance: name(text('实例', 'Instance'), 'instance'),
      listener: name(text('连接器', 'Connector'), 'listener'),
      port: optional(counter(text('端口', 'Port'), 'value')),
      tls: optional(bool(text('使用 TLS', 'Speaks TLS'))),
      maxThreads: optional(counter(text('最大线程数', 'Most threads'))),
      ...TRAFFIC_FIELDS,
    }),
    applications: list(text('应用', 'Applications'), MOST_PARTS, {
      ...APPLICATION_FIELDS,
    }),
  },
});
