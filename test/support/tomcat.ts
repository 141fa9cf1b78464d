/**
 * A real Tomcat 10 on loopback with Jolokia in it, all of Debian's packages. Jolokia 1 speaks the older servlet names: Debian's
 * migration tool turns its archive, as an administrator would.
 */
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './postgres.ts';
import { until } from './redis.ts';

const HOME = '/usr/share/tomcat10';
const JOLOKIA = '/usr/share/java/jolokia-core.jar';
const JSON_SIMPLE = '/usr/share/java/json-simple.jar';
const MIGRATE = '/usr/bin/javax2jakarta';
export const NO_TOMCAT = [join(HOME, 'bin/bootstrap.jar'), JOLOKIA, JSON_SIMPLE, MIGRATE].every((path) => existsSync(path))
  ? undefined
  : 'Tomcat or Jolokia is not installed (Debian: tomcat10-common libjolokia-core-java tomcat-jakartaee-migration)';

export interface TomcatOptions {
  /** Elements inside `Service`, `Host`, and whole attributes of `Server` and `Host`. */
  readonly server?: string;
  readonly connectors?: (port: number) => string;
  readonly host?: string;
  readonly valves?: string;
  /** `WEB-INF/web.xml` bodies by context; the context `jolokia` is always there. */
  readonly applications?: Readonly<Record<string, string>>;
  /** Files of applications: `canary/deadlock.jsp`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Who may ask Jolokia; left out: anybody. */
  readonly login?: { readonly username: string; readonly password: string };
}
export interface Tomcat {
  readonly base: string;
  readonly port: number;
  readonly pid: number;
}

const ROOT = 'xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0"';
const ACCESS_LOG = '<Valve className="org.apache.catalina.valves.AccessLogValve" directory="logs"/>';

export class Tomcats {
  readonly folder = mkdtempSync('/tmp/xunjian-tomcat-');
  readonly #children: ReturnType<typeof spawn>[] = [];
  #jolokia: string | undefined;

  async start(options: TomcatOptions = {}): Promise<Tomcat> {
    const port = await freePort();
    const base = mkdtempSync(join(this.folder, 'base-'));
    for (const name of ['conf', 'logs', 'temp', 'work', 'webapps/jolokia/WEB-INF/lib', 'webapps/ROOT']) mkdirSync(join(base, name), { recursive: true });
    const { login, server = 'port="-1"', connectors = () => '', host = 'autoDeploy="false"', valves = ACCESS_LOG, applications = {}, files = {} } = options;
    writeFileSync(
      join(base, 'conf/server.xml'),
      `<Server ${server} shutdown="canary-shutdown"><Service name="Catalina"><Connector port="${port}" address="127.0.0.1" protocol="HTTP/1.1" maxThreads="6"/>${connectors(await freePort())}
        <Engine name="Catalina" defaultHost="localhost"><Realm className="org.apache.catalina.realm.MemoryRealm"/><Host name="localhost" appBase="webapps" ${host}>${valves}</Host></Engine></Service></Server>`,
    );
    writeFileSync(
      join(base, 'conf/web.xml'),
      `<web-app ${ROOT}><servlet><servlet-name>jsp</servlet-name><servlet-class>org.apache.jasper.servlet.JspServlet</servlet-class></servlet>
        <servlet-mapping><servlet-name>jsp</servlet-name><url-pattern>*.jsp</url-pattern></servlet-mapping></web-app>`,
    );
    writeFileSync(
      join(base, 'conf/tomcat-users.xml'),
      `<tomcat-users>${login ? `<user username="${login.username}" password="${login.password}" roles="jmx"/>` : ''}</tomcat-users>`,
    );
    copyFileSync(this.#migrated(), join(base, 'webapps/jolokia/WEB-INF/lib/jolokia.jar'));
    copyFileSync(JSON_SIMPLE, join(base, 'webapps/jolokia/WEB-INF/lib/json-simple.jar'));
    const guarded = login
      ? '<security-constraint><web-resource-collection><url-pattern>/*</url-pattern></web-resource-collection><auth-constraint><role-name>jmx</role-name></auth-constraint></security-constraint><login-config><auth-method>BASIC</auth-method></login-config><security-role><role-name>jmx</role-name></security-role>'
      : '';
    const servlet =
      '<servlet><servlet-name>jolokia</servlet-name><servlet-class>org.jolokia.http.AgentServlet</servlet-class></servlet><servlet-mapping><servlet-name>jolokia</servlet-name><url-pattern>/*</url-pattern></servlet-mapping>';
    for (const [context, body] of Object.entries({ ...applications, jolokia: servlet + guarded })) {
      mkdirSync(join(base, 'webapps', context, 'WEB-INF'), { recursive: true });
      writeFileSync(join(base, 'webapps', context, 'WEB-INF/web.xml'), `<web-app ${ROOT}>${body}</web-app>`);
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(base, 'webapps', path, '..'), { recursive: true });
      writeFileSync(join(base, 'webapps', path), text);
    }
    const child = spawn(
      'java',
      [
        ...['-Xmx96m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', `-Dcatalina.base=${base}`, `-Dcatalina.home=${HOME}`, `-Djava.io.tmpdir=${join(base, 'temp')}`],
        ...['-cp', `${HOME}/bin/bootstrap.jar:${HOME}/bin/tomcat-juli.jar`, 'org.apache.catalina.startup.Bootstrap', 'start'],
      ],
      { stdio: 'ignore', cwd: base },
    );
    this.#children.push(child);
    await until(async () => [200, 401].includes((await fetch(`http://127.0.0.1:${port}/jolokia/version`).catch(() => undefined))?.status ?? 0), 90_000);
    return { base, port, pid: child.pid ?? 0 };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await sleep(0);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Once for all. */
  #migrated(): string {
    if (this.#jolokia === undefined) {
      this.#jolokia = join(this.folder, 'jolokia.jar');
      execFileSync(MIGRATE, [JOLOKIA, this.#jolokia], { stdio: 'ignore' });
    }
    return this.#jolokia;
  }
}
