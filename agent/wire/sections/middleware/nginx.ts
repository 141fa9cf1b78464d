/** nginx and the ingress controllers made of it: what its configuration, stub_status and metrics are reduced to. */
import { bool, counter, gauge, list, oneOf, optional, text, timestamp } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MOST_INSTANCES } from './instance-fields.ts';
import { defineSettings, number, word } from './settings.ts';

/** Directives whose values are compared with the baseline; those of the main, events and http contexts. */
export const NGINX_SETTINGS = defineSettings({
  worker_processes: number(),
  worker_connections: number(),
  worker_rlimit_nofile: number(),
  server_tokens: word('on', 'off', 'build'),
  keepalive_timeout: number(),
  gzip: word('on', 'off'),
  sendfile: word('on', 'off'),
  tcp_nopush: word('on', 'off'),
  autoindex: word('on', 'off'),
  ssl_session_tickets: word('on', 'off'),
  ssl_prefer_server_ciphers: word('on', 'off'),
});

export const middlewareNginx = defineSection({
  id: 'middlewareNginx',
  domain: 'middleware',
  group: 'configuration',
  purpose: text(
    'nginx 与 ingress 控制器：白名单指令的计数、证书到期、连接与重载状态（不含域名、路径、上游地址与日志）',
    'nginx and ingress controllers: counts of allow-listed directives, expiry of certificates, connections, reloads; never names of servers, paths, upstreams or logs',
  ),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      kind: oneOf(text('种类', 'What it is'), ['server', 'ingress-controller']),
      configurationRead: bool(text('已读取配置文件', 'Its configuration was read')),
      configurationCut: optional(bool(text('配置过大，只读取了一部分', 'The configuration was too large and was read in part'))),
      workerConnections: optional(counter(text('每个工作进程的连接数上限', 'Connections of one worker'))),
      workerDescriptors: optional(counter(text('每个工作进程的文件描述符上限（worker_rlimit_nofile）', 'Descriptors of one worker (worker_rlimit_nofile)'))),
      servers: optional(counter(text('server 块数', 'Blocks of server'))),
      tlsServers: optional(counter(text('启用 TLS 的 server 块数', 'Blocks of server with TLS'))),
      tokensShown: optional(bool(text('对外显示版本号', 'Its version is shown to everybody'))),
      runsAsRoot: optional(bool(text('工作进程以 root 运行', 'Workers run as root'))),
      weakProtocols: optional(counter(text('允许旧版 TLS/SSL 的配置数', 'Places that allow old TLS or SSL'))),
      listings: optional(counter(text('开启目录列表的位置数', 'Places that list directories'))),
      unlimitedBodies: optional(counter(text('不限制请求体大小的位置数', 'Places without a limit of bodies'))),
      unverifiedUpstreams: optional(counter(text('显式关闭上游证书校验的位置数', 'Places that switch the check of upstream certificates off'))),
      openStatus: optional(counter(text('未限制来源的状态页数', 'Status pages that anybody may read'))),
      accessLogOff: optional(bool(text('全局关闭访问日志', 'The access log is off for all'))),
      singleUpstreams: optional(counter(text('只有一个服务器的上游数', 'Upstreams with one server'))),
      certificates: optional(counter(text('可读取的证书数', 'Certificates that could be read'))),
      unreadableCertificates: optional(counter(text('无法读取的证书数', 'Certificates that could not be read'))),
      certificateExpiresAt: optional(timestamp(text('最早到期的证书', 'When the first certificate expires'))),
      activeConnections: optional(counter(text('当前连接数', 'Connections'))),
      droppedConnections: optional(counter(text('启动以来丢弃的连接数', 'Connections dropped since it started'))),
      reloadFailed: optional(bool(text('上次重载配置失败', 'The last reload failed'))),
      errorPercent: optional(gauge(text('启动以来 5xx 占比', 'Share of 5xx since it started'), 'percent')),
      requests: optional(counter(text('启动以来的请求数', 'Requests since it started'))),
    }),
  },
});
