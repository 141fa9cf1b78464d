/**
 * Installations of TongWeb on a captured host, laid out as the vendor documents them (TongWeb 7 quick guide 7049_M9A01: table of
 * folders, tongweb.xml as published in the vendor's engineers' notes of 2020; TongWeb 8.0.9 manuals: domains/domain1). Values that must
 * never leave begin with `canary`.
 */
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface TongwebTree {
  /** Host root. */
  readonly root: string;
  /** Unix seconds. */
  readonly now: number;
}
export type Change = (text: string) => string;
const same: Change = (text) => text;

/** Writes one file below the root; `daysAgo` sets its time. */
export function put({ root, now }: TongwebTree, path: string, text: string, daysAgo = 0): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  utimesSync(file, now - daysAgo * 86_400, now - daysAgo * 86_400);
}
/** A line of the server log, in the machine's own zone as the product writes it. */
export function logLine(at: number, level: string, module: string, message: string): string {
  const date = new Date(at * 1_000);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `[${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} 001] [${level}] [main] [${module}] [${message}]\n`;
}
export function dayText(at: number): string {
  return new Date(at * 1_000).toISOString().slice(0, 10);
}

/** A sound installation, running as process 4242 when `pid` is set; `change` spoils its tongweb.xml. */
export function tongweb7(tree: TongwebTree, { home = '/opt/TongWeb7.0.4.9_M4', change = same, running = true, log = '', options = SOUND_OPTIONS } = {}): string {
  const { now } = tree;
  put(tree, `${home}/conf/tongweb.xml`, change(TONGWEB_XML));
  put(tree, `${home}/bin/external.vmoptions`, `#canary-comment\n${options}-Dapp.password=canary-option\n`);
  put(tree, `${home}/bin/version.sh`, '#!/bin/sh\n');
  put(tree, `${home}/license.dat`, Buffer.from('canary-licence end').toString('base64'), 40);
  put(
    tree,
    `${home}/logs/server.log`,
    logLine(now - 20 * 86_400, 'INFO', 'System.out', `License expires ${dayText(now + 300 * 86_400)}`) +
      logLine(now - 20 * 86_400, 'INFO', 'core', 'TongWeb server startup complete in 9000 ms. canary-log') +
      logLine(now - 3_600, 'SEVERE', 'systemout', 'canary-log of the application') +
      log,
  );
  put(tree, `${home}/deployment/orders/WEB-INF/web.xml`, '<web-app/>');
  mkdirSync(join(tree.root, home, 'snapshot'), { recursive: true });
  if (running) process4242(tree, [`-Dtongweb.home=${home}`, `-Dtongweb.root=${home}`, 'com.tongweb.server.Main']);
  return home;
}
export const SOUND_OPTIONS = '-Xms2048m\n-Xmx2048m\n-XX:MaxMetaspaceSize=512m\n-XX:+HeapDumpOnOutOfMemoryError\n-Xloggc:logs/gc.log\n';

/** TongWeb 8: one domain. */
export function tongweb8(tree: TongwebTree, { home = '/opt/TongWeb8.0', change = same } = {}): string {
  const domain = `${home}/domains/domain1`;
  put(tree, `${domain}/conf/tongweb.xml`, change(TONGWEB8_XML));
  put(tree, `${domain}/conf/console.xml`, '<console><connector name="console" port="9060" SSLEnabled="true"/><security trustedIP="*"/></console>');
  put(tree, `${home}/version8.0.9.2/README`, '');
  put(tree, `${home}/license.dat`, 'consumer_name=canary-customer\nend_date=-1\nlicense_type=release\nTW_Version_Number=8.0\nTW_CPU_COUNT=8\n', 10);
  put(tree, `${domain}/logs/server/server.log`, logLine(tree.now - 86_400, 'INFO', 'core', 'Server startup in 900 ms'));
  return domain;
}

/** The process, as `/proc` shows it. */
export function process4242(
  tree: TongwebTree,
  args: readonly string[],
  { uid = 1000, openFiles = 65_535, comm = 'java', java = '/usr/lib/jvm/java-8/jre/bin/java', waiting = 0 } = {},
): void {
  put(tree, '/proc/stat', `cpu 1 1 1 1\nbtime ${tree.now - 86_400 * 40}\n`);
  put(tree, '/proc/meminfo', 'MemTotal:       16777216 kB\n');
  put(tree, '/proc/4242/stat', `4242 (${comm}) S 1 4242 4242 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 50 0 172800000 1 1 1`);
  put(tree, '/proc/4242/cmdline', `${[java, ...args].join('\0')}\0-Dpassword=canary-argument\0`);
  put(tree, '/proc/4242/status', `Name:\tjava\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nVmRSS:\t 2048000 kB\nThreads:\t120\n`);
  put(
    tree,
    '/proc/4242/limits',
    `Limit                     Soft Limit           Hard Limit           Units\nMax processes             65535                65535                processes\nMax open files            ${openFiles}                ${openFiles}               files\n`,
  );
  put(tree, '/proc/4242/cgroup', '0::/system.slice/tongweb.service\n');
  put(tree, '/usr/lib/jvm/java-8/release', 'JAVA_VERSION="1.8.0_392"\n');
  mkdirSync(join(tree.root, '/proc/4242/fd'), { recursive: true });
  const link = (name: string, target: string): void => {
    try {
      symlinkSync(target, join(tree.root, '/proc/4242', name));
    } catch {
      // it is there already
    }
  };
  link('exe', java);
  for (const [index, port] of [8088, 9060, 7200].entries()) link(`fd/${index + 10}`, `socket:[${100 + port}]`);
  const rows = [8088, 9060, 7200].map(
    (port, index) =>
      `   ${index}: 00000000:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A 00000000:${waiting.toString(16).padStart(8, '0').toUpperCase()} 00:00000000 00000000  1000        0 ${100 + port} 1`,
  );
  put(tree, '/proc/4242/net/tcp', `  sl  local_address rem_address   st\n${rows.join('\n')}\n`);
}

const TONGWEB_XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<tongweb>
<auto-deploy enabled="false" jsp-compile="false" dir="\${tongweb.root}/autodeploy" check-interval="3000"/>
<hot-deploy enabled="false" watched-resource="WEB-INF/web.xml"/>
<apps>
<web-app name="console" location="\${tongweb.sysapp}/console" context-root="/console" vs-names="admin" enabled="true" object-type="sys"/>
<web-app name="canary-orders" original-location="/canary/path" context-root="/canary-context" vs-names="server" enabled="true" object-type="user"/>
</apps>
<server shutdown-port="8005" jsf="false">
<web-container jsp-development="false" hung-thread-threshold="30">
<access-log pattern="%t" suffix=".txt"/>
<virtual-host name="admin" listeners="system-http-listener" accesslog-enabled="false"/>
<virtual-host name="server" listeners="tong-http-listener" accesslog-enabled="true"/>
<http-listener name="system-http-listener" port="9060" io-mode="nio2" ssl-enabled="true" default-virtual-host="admin"><ssl keystore-pass="canary-keystore"/><protocol max-threads="5" min-spare-threads="1"/></http-listener>
<http-listener name="tong-http-listener" port="8088" status="started" address="10.9.8.7" io-mode="nio2" ssl-enabled="false" default-virtual-host="server"><ssl/><protocol backlog="100" connection-timeout="60000" keep-alive-timeout="60000" max-threads="200" min-spare-threads="10" max-connections="10000"><property name="canary" value="canary-property"/></protocol></http-listener>
</web-container>
<security-service><auth-realm name="defaultRealm" type="File"><property name="UsersFile" value="canary-users"/></auth-realm></security-service>
<jdbc-connection-pool name="canary-pool" jdbc-driver="dm.jdbc.driver.DmDriver" jdbc-url="jdbc:dm://canary-host:5236/canary-db?password=canary-url" user-name="canary-user" password="canary-password" initial-size="10" max-active="50" min-idle="10" max-wait-time="30000" validation-query="SELECT canary" test-on-borrow="true" test-while-idle="false" remove-abandoned="false" leakCheck="true"/>
<jmx-service port="7200" address="127.0.0.1" protocol="rmi"/>
<log-service file="\${tongweb.root}/logs/server.log" rotation-limit="50 MB" rotation-file-count="20" rotation="true"/>
<snmp-service enabled="false" authKey="canary-auth"/>
</server>
<snapshot><auto-snapshot interval-second="5" relation="or"><contents jstack="true" jmap="false"/><halthttp-condition httpname="tong-http-listener" judgment="above" judgmentvalue="150"/></auto-snapshot></snapshot>
</tongweb>
`;
const TONGWEB8_XML = `<?xml version="1.0" encoding="UTF-8"?>
<tongweb><java-config><start-args><arg name="-Xms2048m"/><arg name="-Xmx2048m"/><arg name="-Dcanary=canary-arg"/></start-args></java-config>
<connector name="http" port="8088" maxThreads="200" minSpareThreads="10"/>
<datasource name="canary-ds" url="jdbc:mysql://canary/db" password="canary" maxActive="100" validationQuery="select 1" testOnBorrow="true"/>
<jmx enabled="false"/></tongweb>
`;
