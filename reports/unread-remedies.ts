/** What to do about a middleware instance that could not be read, or not wholly: by the reason, and by the product where rights or addresses are its own. */
import type { Product, Reach } from '../agent/wire/sections/middleware/products.ts';
import type { Text } from '../agent/wire/vocabulary.ts';

/** Undefined where everything was read. */
export function unreadRemedy(product: Product, reach: Reach): Text | undefined {
  if (reach === 'ok') return undefined;
  if (reach === 'files-only') return NUMBERS[product] ?? NUMBERS_OF_OTHERS;
  if (reach === 'not-addressed' && WAYS[product]) return WAYS[product];
  const remedy = withOwn(product, reach);
  if (!RIGHTS_HELP.has(reach)) return remedy;
  const rights = RIGHTS[product];
  return rights === undefined ? remedy : { zh: `${remedy.zh}最小权限：${rights}。`, en: `${remedy.en} Least privilege: ${rights}.` };
}

function withOwn(product: Product, reach: Exclude<Reach, 'ok' | 'files-only'>): Text {
  const remedy = BY_REACH[reach];
  const own = ASKED_AT_ANOTHER_PORT.has(reach) ? PORTS[product] : undefined;
  return own ? { zh: `${remedy.zh}${own.zh}`, en: `${remedy.en} ${own.en}` } : remedy;
}
const ASKED_AT_ANOTHER_PORT: ReadonlySet<Reach> = new Set<Reach>(['refused', 'timeout', 'protocol']);
/** Products that are asked at another port than their clients use. */
const PORTS: Readonly<Partial<Record<Product, Text>>> = {
  rabbitmq: {
    zh: 'RabbitMQ 的巡检走管理接口（默认 15672，不是 5672），需执行 `rabbitmq-plugins enable rabbitmq_management`。',
    en: 'RabbitMQ is inspected through its management API (port 15672 by default, not 5672), enabled by `rabbitmq-plugins enable rabbitmq_management`.',
  },
};

const RIGHTS_HELP: ReadonlySet<Reach> = new Set<Reach>(['credentials-missing', 'no-rights', 'partial']);
/** The statement's gist; tested in full where the page of the product gives it. */
const RIGHTS: Readonly<Partial<Record<Product, string>>> = {
  mysql: '`GRANT PROCESS, REPLICATION CLIENT, REFERENCES ON *.*`; MariaDB ≥ 10.5 `GRANT PROCESS, SLAVE MONITOR, REFERENCES ON *.*`',
  postgresql: '`GRANT pg_monitor`, `GRANT SELECT ON pg_hba_file_rules`, `GRANT EXECUTE ON FUNCTION pg_hba_file_rules()`',
  redis: '`-@all +ping +info +config|get +cluster|info +slowlog|len`',
  rabbitmq: '`rabbitmqctl set_user_tags xunjian monitoring`',
  mongodb: '`clusterMonitor`',
  elasticsearch: '`cluster: monitor, monitor_snapshot, read_ilm`; `indices: monitor, view_index_metadata`',
};
const NUMBERS_BY_JMX: Text = {
  zh: '只读了文件。在配置 middleware.instances 中写出该实例的 options.home 与监控地址 addresses，并写 options.jolokia（Jolokia 代理）或 options.metrics（Prometheus exporter）：线程池、会话、堆与 GC 的数值来自那里。',
  en: 'Only files were read. Set options.home and the monitoring address (addresses) for this instance under middleware.instances, plus options.jolokia (Jolokia agent) or options.metrics (Prometheus exporter), which supply threads, sessions, heap and GC figures.',
};
const NUMBERS: Readonly<Partial<Record<Product, Text>>> = {
  tongweb: {
    zh: '只读了文件。在配置 middleware.instances 中写出该实例的 options.home 与监控地址 addresses，并写 options.jolokia（Jolokia 代理）、options.metrics（Prometheus exporter）或 options.console（TongWeb 7 控制台，/console/rest/api）：线程池、数据源、会话、堆与 GC 的数值来自那里。未运行的实例先确认是否有意停用。',
    en: 'Only files were read. Set options.home and the monitoring address (addresses) for this instance under middleware.instances, plus options.jolokia (Jolokia agent), options.metrics (Prometheus exporter) or options.console (TongWeb 7 console, /console/rest/api), which supply threads, data sources, sessions, heap and GC figures. If the instance is not running, first confirm that this is intended.',
  },
  tomcat: NUMBERS_BY_JMX,
};
const NUMBERS_OF_OTHERS: Text = {
  zh: '只读了文件。在配置 middleware.instances 中写出该实例的 addresses（及只读账号），运行中的数值来自那里。',
  en: 'Only files were read. Set addresses (and a read-only account) for this instance under middleware.instances to obtain runtime figures.',
};

/** Where an address alone is not enough. */
const JMX_WAY: Text = {
  zh: '在配置 middleware.instances 中写出监控地址 addresses 与 options.jolokia 或 options.metrics（其路径）；在其所在主机上巡检时写 options.home（安装目录）。',
  en: 'Under middleware.instances, set the monitoring address (addresses) and options.jolokia or options.metrics (its path); when inspecting on its own host, set options.home (installation directory).',
};
const WAYS: Readonly<Partial<Record<Product, Text>>> = {
  nginx: {
    zh: '在配置 middleware.instances 中写出 addresses 与 options.statusPath（stub_status 的路径）；其配置文件只能在其所在主机上巡检时读取。',
    en: 'Under middleware.instances, set addresses and options.statusPath (path of stub_status); its configuration can be read only when inspecting on its own host.',
  },
  tomcat: JMX_WAY,
  tongweb: JMX_WAY,
  tlq: {
    zh: 'TongLINK/Q 只能在其所在主机上巡检：在那里运行巡检，并写出 options.home（安装目录）。',
    en: 'TongLINK/Q can be inspected only on its own host: run the inspection there and set options.home (installation directory).',
  },
};

const RIGHTS_TEXT: Text = { zh: '为巡检账号补充只读权限。', en: 'Grant the inspection account read-only rights.' };
const BY_REACH: Readonly<Record<Exclude<Reach, 'ok' | 'files-only'>, Text>> = {
  partial: RIGHTS_TEXT,
  'no-rights': RIGHTS_TEXT,
  'credentials-missing': {
    zh: '在配置 middleware.instances 中以 match 指明该实例，填写 credentials 的 username 与 passwordFile。',
    en: 'Select this instance by match under middleware.instances and set credentials (username and passwordFile).',
  },
  'wrong-credentials': {
    zh: '核对 username、passwordFile 的内容与允许登录的来源地址；服务器要求 TLS 时也可能这样应答，此时填写 tls。',
    en: 'Check username, the content of passwordFile and the allowed source addresses; a server that requires TLS may respond in the same way, in which case set tls.',
  },
  'credentials-unreadable': {
    zh: '核对配置中口令与证书文件的路径，并让运行巡检的账号可读。',
    en: 'Correct the paths of the password and certificate files and make them readable for the account that runs the inspection.',
  },
  'tls-mismatch': {
    zh: '填写 tls.caFile 与 serverName，双向认证再填 certFile 与 keyFile；服务器不使用 TLS 时删去 tls。',
    en: 'Set tls.caFile and serverName (plus certFile and keyFile for mutual TLS); remove tls if the server does not use TLS.',
  },
  timeout: {
    zh: '从巡检所在主机执行 `nc -vz <地址> <端口>`；检查进程是否卡住、防火墙与网络策略，并核对该端口是否属于该产品。',
    en: 'Run `nc -vz <address> <port>` on the inspecting host; check for a hanging process, firewalls and network policies, and whether the port belongs to this product.',
  },
  refused: {
    zh: '检查进程是否运行、监听地址与端口；配置有误时更正 addresses。',
    en: 'Check that the process is running and where it listens; correct addresses if necessary.',
  },
  unresolved: { zh: '核对 addresses 中的主机名与巡检所在主机的域名解析。', en: 'Check the host names in addresses and their name resolution on the inspecting host.' },
  protocol: {
    zh: '核对 addresses 的端口与 product；服务器只接受 TLS 时填写 tls。',
    en: 'Check the port in addresses and the product; set tls if the server accepts only TLS.',
  },
  'too-large': { zh: '调大 limits.answerBytes。', en: 'Raise limits.answerBytes.' },
  'over-budget': { zh: '调大 limits.statements 或 limits.instanceMs。', en: 'Raise limits.statements or limits.instanceMs.' },
  blackout: { zh: '在允许的时段重新巡检，或调整 blackout。', en: 'Inspect again outside the blackout window, or change blackout.' },
  'not-addressed': { zh: '在配置 middleware.instances 中以 match 指明该实例并填写 addresses。', en: 'Select this instance by match under middleware.instances and set addresses.' },
  failed: { zh: '查看巡检日志中的原因；重试仍失败请反馈给支持人员。', en: 'Check the inspection log for the cause; contact support if it fails again.' },
};
