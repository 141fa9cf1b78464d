/**
 * Which commands of our own texts change nothing and may have a button that copies them. An allow-list: what is not known to only
 * read has no button, and neither have names of files and options, which are no commands.
 */

/** Words of a command line by its parts between pipes; nothing where a shell would do more than run them. */
export function partsOf(command: string): readonly (readonly string[])[] | undefined {
  const parts: string[][] = [[]];
  const harmless = command.replaceAll(/\$\(pidof (?:-s )?[\w{}\p{Script=Han}.-]+\)/gu, 'PID').replaceAll(/ 2>(?:&1|\/dev\/null)/g, '');
  const words = /[ \t]+|'([^']*)'|"([^"`$\\]*)"|([|])|([^\s'"|;&<>$`\\]+)/uy;
  let word: string | undefined;
  const end = (): void => {
    if (word !== undefined) parts.at(-1)?.push(word);
    word = undefined;
  };
  let last = 0;
  for (let found = words.exec(harmless); found; found = words.exec(harmless)) {
    last = words.lastIndex;
    const [whole, single, double, pipe, plain] = found;
    if (pipe !== undefined) {
      end();
      parts.push([]);
    } else if (whole.trim() === '' && single === undefined && double === undefined) end();
    else word = `${word ?? ''}${single ?? double ?? plain ?? ''}`;
  }
  end();
  return last === harmless.length && parts.every((part) => part.length > 0) ? parts : undefined;
}

export function isReadOnly(command: string): boolean {
  if (/^GET [\w*]/.test(command)) return true;
  if (/^(?:SELECT|SHOW) /.test(command)) return isReadingSql(command);
  return partsOf(command)?.every(reads) ?? false;
}

const SQL_FUNCTIONS: ReadonlySet<string> = new Set(
  'count sum age max min avg round coalesce now pg_size_pretty pg_wal_lsn_diff pg_current_wal_lsn pg_is_in_recovery pg_database_size in'.split(' '),
);
/** Functions can do anything: only those that are known. */
function isReadingSql(statement: string): boolean {
  if (/;|\b(?:INTO|UPDATE|DELETE|INSERT|LOCK)\b/i.test(statement)) return false;
  return [...statement.matchAll(/(\w+)\s*\(/g)].every(([, name = '']) => SQL_FUNCTIONS.has(name.toLowerCase()));
}

type Rule = (args: readonly string[]) => boolean;
const always: Rule = () => true;
/** First word that is no option; `valued` are options that take the word behind them. */
function verbsOf(args: readonly string[], valued: readonly string[] = []): readonly string[] {
  return args.filter((one, index) => !one.startsWith('-') && !valued.includes(args[index - 1] ?? ''));
}
const verb =
  (allowed: string, valued: readonly string[] = []): Rule =>
  (args) => {
    const said = verbsOf(args, valued).join(' ');
    return allowed.split(',').some((one) => said === one || said.startsWith(`${one} `));
  };
const without =
  (refused: RegExp): Rule =>
  (args) =>
    !args.some((one) => refused.test(one));
const firstOption =
  (allowed: RegExp): Rule =>
  ([first = '']) =>
    allowed.test(first);
const both =
  (...rules: readonly Rule[]): Rule =>
  (args) =>
    rules.every((rule) => rule(args));

const kubectl: Rule = (args) => {
  const said = verbsOf(args, ['-n', '--namespace', '--context']);
  if (said[0] === 'set') return said[1] === 'env' && args.includes('--list');
  if (said[0] === 'rollout') return said[1] === 'status' || said[1] === 'history';
  if (said[0] === 'auth') return said[1] === 'can-i';
  return ['get', 'describe', 'logs', 'top', 'version', 'api-resources', 'api-versions', 'explain'].includes(said[0] ?? '');
};
const kafka: Rule = both(
  (args) => args.some((one) => /^(?:--describe|describe|--list|--version|--bootstrap-server)$/.test(one)),
  without(/^--(?:alter|delete|create|execute|reset-offsets|add-config|delete-config|generate|config|command-config)$/),
);

const PLAIN =
  'cat head tail grep zgrep wc cut ls stat df du free uptime lsblk findmnt lsmod modinfo lspci lscpu lsof ps pidof pgrep id getent last iostat vmstat mpstat pidstat getenforce sestatus jstack edac-util rpcinfo showmount nproc uname lsns ipcs base64 tr nslookup dig traceroute'.split(
    ' ',
  );
const PROGRAMS: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(PLAIN.map((one) => [one, always])),
  kubectl,
  ss: without(/^-[a-zA-Z]*K|^--kill/),
  uniq: (args) => args.every((one) => one.startsWith('-')),
  ping: without(/^-[a-zA-Z]*[fi]/),
  sort: without(/^(?:-o|--output)/),
  awk: without(/system|getline|>|\|/),
  date: (args) => args.every((one) => one === '-u' || one.startsWith('+')),
  mount: (args) => args.length === 0,
  ip: both(without(/^(?:add|del|delete|set|flush|change|replace|append|restore|exec|netns)$/), (args) => args.length > 0),
  ethtool: firstOption(/^(?:-[Siklgcam]|[^-].*)$/),
  nstat: always,
  conntrack: firstOption(/^-[SCL]$/),
  sysctl: both(without(/=|^-(?:w|p|-write|-load|-system)/), (args) => args.length > 0),
  systemctl: (args) => args[0] === '--failed' || verb('status,show,cat,is-active,is-enabled,is-failed,list-units,list-timers,list-unit-files,list-dependencies')(args),
  journalctl: without(/^--(?:vacuum|rotate|flush|sync|relinquish|setup-keys|update-catalog)/),
  dmesg: without(/^-(?:[CcDEn]|-clear|-read-clear|-console)/),
  openssl: both(verb('x509,s_client,verify,crl,version,req', ['-connect', '-in']), without(/^-(?:out|keyout|signkey|CA|new|x509toreq)$/)),
  chronyc: verb('tracking,sources,sourcestats,activity'),
  timedatectl: (args) => args.length === 0 || verb('status,show,timesync-status')(args),
  hostnamectl: (args) => args.length === 0 || verb('status')(args),
  auditctl: firstOption(/^-[sl]$/),
  chage: firstOption(/^-l$/),
  crontab: firstOption(/^-l$/),
  rpm: firstOption(/^-(?:q|V)/),
  dpkg: firstOption(/^-[lsLS]$/),
  'apt-cache': always,
  apt: verb('list,show,policy'),
  dnf: verb('list,info,check-update,updateinfo,repolist'),
  yum: verb('list,info,check-update,updateinfo,repolist'),
  crictl: verb('ps,images,info,logs,inspect,inspecti,inspectp,stats,imagefsinfo,pods,version'),
  docker: verb('info,ps,images,logs,inspect,version,stats,system df', ['--format']),
  containerd: firstOption(/^--version$/),
  etcdctl: verb('endpoint health,endpoint status,endpoint hashkv,member list,alarm list,auth status,version', ['-w', '--endpoints', '--cacert', '--cert', '--key']),
  etcdutl: verb('snapshot status', ['-w']),
  kubeadm: verb('certs check-expiration,version'),
  ceph: verb('status,health,df,osd tree,osd df') as Rule,
  smartctl: firstOption(/^-[aHiAxl]$/),
  nvme: verb('list,smart-log,id-ctrl,error-log'),
  mdadm: firstOption(/^--(?:detail|examine)$/),
  multipath: firstOption(/^-ll$/),
  iscsiadm: both(firstOption(/^-m$/), without(/^-(?:o|-op|u|l|-login|-logout)$/)),
  btrfs: verb('device stats,filesystem usage,filesystem df,filesystem show'),
  iptables: both((args) => args.some((one) => /^-[LS]$/.test(one)), without(/^-[ADIRFXPNZE]$/)),
  'iptables-save': always,
  'firewall-cmd': (args) => args.length > 0 && args.every((one) => /^--(?:list|get|state|query)/.test(one)),
  ipvsadm: firstOption(/^-L/),
  coredumpctl: verb('list,info'),
  curl: without(/^-[A-Za-z]*[XdTFoOK]|^--(?:request|data|json|form|upload|output|remote-name|config)/),
  jstat: always,
  jcmd: both((args) => args.length > 1, without(/^(?:GC\.run|VM\.set_flag|JFR|GC\.heap_dump)/)),
  'redis-cli': (args) =>
    /\b(?:info|config get|cluster info|cluster nodes|slowlog get|client list|memory stats|dbsize|role|latency latest|latency doctor|memory doctor|acl list|ping)\b/i.test(
      args.join(' '),
    ) && !/\b(?:set|flush\w*|del|reset|kill|shutdown|eval|rewrite)\b/i.test(args.join(' ')),
  rabbitmqctl: (args) => /^(?:status|cluster_status|list_\w+|report|environment|node_health_check)$/.test(verbsOf(args, ['-n', '-p'])[0] ?? ''),
  'rabbitmq-diagnostics': (args) => /^(?:status|cluster_status|list_\w+|check_\w+|memory_breakdown|alarms|listeners|environment)$/.test(verbsOf(args, ['-n'])[0] ?? ''),
  'rabbitmq-plugins': verb('list'),
  mqadmin: ([first = '']) => /^(?:\w+(?:Status|List|Progress)|get\w+|query\w+)$/.test(first),
  minio: firstOption(/^--version$/),
  mc: verb('admin info,du,ls,stat'),
  logrotate: firstOption(/^-d$/),
};

function reads([program = '', ...args]: readonly string[]): boolean {
  if (/^kafka-[a-z-]+\.sh$/.test(program)) return kafka(args);
  return Object.hasOwn(PROGRAMS, program) && PROGRAMS[program]?.(args) === true;
}
