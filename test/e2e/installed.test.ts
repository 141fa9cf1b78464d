/**
 * The chart in a real cluster with its default values: everything starts, facts arrive, troubles become incidents, nothing is lost or
 * doubled when parts die, and nothing stays behind. Run it on a disposable cluster that has the images:
 * `E2E_KUBECONFIG=… npm run e2e`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHART, type KubeObject, must } from '../support/helm.ts';
import {
  apiServerProcess,
  evaluated,
  helm,
  inPod,
  isReady,
  KUBECONFIG,
  kubectl,
  list,
  NAMESPACE,
  NO_CLUSTER,
  SiteCollector,
  tryKubectl,
  until,
  untilReady,
} from '../support/installed.ts';
import { temporary, xunjian } from '../support/program.ts';

const SHOP = 'xunjian-e2e-shop';
const VOLUME = 'xunjian-e2e';
const FOLDER = '/var/tmp/xunjian-e2e';
/** A volume that a test can fill without hurting anybody: memory of its own. */
const SMALL_FOLDER = '/var/tmp/xunjian-e2e-small';
const ON_THIS_MACHINE = NO_CLUSTER === '' && apiServerProcess() !== undefined;
const IMAGE = 'docker.io/library/xunjian-agent:0.1.0';
/** The checks look every minute and the image puller of a kubelet has a patience of its own. */
const INCIDENT_SECONDS = 420;

interface Incident {
  readonly number: number;
  readonly rule: string;
  readonly level: number;
  readonly severity: string;
  readonly state: string;
  readonly signalState: string;
  readonly scope?: { readonly namespace?: string; readonly name: string };
}
interface Agent {
  readonly agent: string;
  readonly role: string;
  readonly node?: string;
  /** Unix milliseconds. */
  readonly lastHeartbeatAt: number | null;
  readonly outbox: { readonly items: number; readonly dropped: Readonly<Record<string, number>> } | null;
}
interface Page<T> {
  readonly items: readonly T[];
}

/** Something that does not work; its image is there already. */
function broken(name: string, container: object): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: SHOP },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: IMAGE, imagePullPolicy: 'IfNotPresent', ...container }] } },
    },
  };
}
const SOONER = ['pod-crash-loop', 'pod-unschedulable', 'pod-image-pull-failing']
  .flatMap((check) => ['--set', `agents.config.checks.${check}.threshold.minimumSeconds=60`])
  .concat('--set', 'agents.config.checks.pod-crash-loop.threshold.restartsCount=2', '--set', 'agents.heartbeatSeconds=10');
const small = { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } };
const TROUBLES = [
  broken('crasher', { command: ['node', '--eval', 'process.exit(3)'], resources: small }),
  broken('hungry', { command: ['node', '--eval', 'const kept = []; setInterval(() => kept.push(Buffer.alloc(16 << 20, 1)), 50);'], resources: small }),
  broken('giant', { resources: { requests: { cpu: '900' } } }),
  broken('imageless', { image: 'registry.invalid/nothing:1', imagePullPolicy: 'Always', resources: small }),
];

describe.skipIf(NO_CLUSTER !== '')(`installed in a real cluster${NO_CLUSTER && ` (skipped: ${NO_CLUSTER})`}`, { timeout: 900_000 }, () => {
  const collector = new SiteCollector();
  let nodes: number;
  let pods: number;

  beforeAll(async () => {
    nodes = (await list('nodes', [])).length;
    pods = nodes + 3;
    await kubectl(['create', 'namespace', NAMESPACE]);
    const classes = await list('storageclasses', []);
    const hasDefault = classes.some(({ metadata }) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true');
    if (!hasDefault && ON_THIS_MACHINE) {
      rmSync(FOLDER, { recursive: true, force: true }); // of a run that was broken off
      mkdirSync(FOLDER, { recursive: true });
      chownSync(FOLDER, 65_532, 65_532); // a hostPath is the one volume that fsGroup does not count for
    }
    if (ON_THIS_MACHINE) {
      spawnSync('umount', ['--lazy', SMALL_FOLDER]); // of a run that was broken off
      mkdirSync(SMALL_FOLDER, { recursive: true });
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,uid=65532,gid=65532,mode=0700', 'tmpfs', SMALL_FOLDER]);
    }
    if (!hasDefault) await kubectl(['apply', '--filename', '-'], JSON.stringify(volume()));
  });
  afterAll(async () => {
    await collector[Symbol.asyncDispose]();
    await tryKubectl(['delete', 'namespace', NAMESPACE, SHOP, '--ignore-not-found', '--wait=true', '--timeout=120s']);
    await tryKubectl(['delete', 'persistentvolume', VOLUME, '--ignore-not-found']);
    if (ON_THIS_MACHINE) {
      rmSync(FOLDER, { recursive: true, force: true });
      execFileSync('umount', ['--lazy', SMALL_FOLDER]);
      rmSync(SMALL_FOLDER, { recursive: true, force: true });
    }
  });
  /** A volume of the node for clusters without a storage class. */
  function volume(): object {
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: VOLUME },
      spec: {
        capacity: { storage: '10Gi' },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        hostPath: { path: FOLDER, type: 'DirectoryOrCreate' },
      },
    };
  }
  const incidents = async (): Promise<readonly Incident[]> => (await collector.get<Page<Incident>>('/api/v1/incidents?limit=200')).items;
  const ofShop = (all: readonly Incident[], rule: string): readonly Incident[] =>
    all.filter((one) => one.rule === rule && one.scope?.namespace === SHOP && one.state !== 'closed' && one.state !== 'cancelled');
  const agents = async (): Promise<readonly Agent[]> => (await collector.get<Page<Agent>>('/api/v1/agents?limit=200')).items;
  /** One active incident for each trouble, whatever happened. */
  const doubled = (all: readonly Incident[]): readonly string[] => {
    const keys = all.filter(({ state }) => state !== 'closed' && state !== 'cancelled').map(({ rule, scope }) => `${rule} ${scope?.namespace ?? ''}/${scope?.name ?? ''}`);
    return keys.filter((key, index) => keys.indexOf(key) !== index);
  };

  it('starts with default values: every pod Ready, the first facts of a node within half a minute', async () => {
    const began = Date.now();
    await helm(['install', 'site', CHART]);
    const seen = await until('an agent of a node with a delivered inspection', 120, agents, (all) => all.some(({ role }) => role === 'node'));
    const seconds = (Date.now() - began) / 1_000;
    console.log(`helm install to the first facts of a node: ${seconds.toFixed(1)} s`);
    expect(seen.length).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(Number(process.env['E2E_FIRST_SECONDS'] ?? 60));
    await untilReady(pods);
    expect(await helm(['test', 'site'])).toContain('Succeeded');
  });

  it('runs as nobody, cannot write, and the node agent has no credential', async () => {
    const look = `const fs = require('node:fs'); const no = (f) => { try { f(); return 'yes'; } catch (e) { return e.code; } };
      const status = fs.readFileSync('/proc/self/status', 'utf8');
      console.log(JSON.stringify({ uid: process.getuid(), capabilities: /CapEff:\\s+(\\w+)/.exec(status)[1], noNewPrivileges: /NoNewPrivs:\\s+(\\d)/.exec(status)[1], seccomp: /Seccomp:\\s+(\\d)/.exec(status)[1],
        root: no(() => fs.writeFileSync('/x', '')), host: no(() => fs.writeFileSync('/host/var/log/x', '')), token: fs.existsSync('/var/run/secrets/kubernetes.io'), shadow: no(() => fs.readFileSync('/host/etc/shadow')) }));`;
    for (const target of [await nodePod(), 'deployment/site-xunjian-cluster', 'statefulset/site-xunjian-collector']) {
      const facts = JSON.parse(await evaluated(target, look)) as Record<string, unknown>;
      expect(facts, target).toMatchObject({
        uid: 65532,
        capabilities: '0000000000000000',
        noNewPrivileges: '1',
        seccomp: '2',
        root: 'EROFS',
        token: target.endsWith('-cluster'),
        shadow: 'ENOENT',
      });
      expect(facts['host'], target).toBe(target.includes('-node-') ? 'EROFS' : 'ENOENT');
    }
  });

  it('sees the real node and the API, and previews the bytes that it sends', async () => {
    const all = await until(
      'agents of both roles',
      180,
      agents,
      (found) => found.filter(({ role }) => role === 'node').length === nodes && found.some(({ role }) => role === 'cluster'),
    );
    const [node] = await list('nodes', []);
    expect(all.map((agent) => agent.node)).toContain(node?.metadata.name);
    const preview = JSON.parse(await inPod(await nodePod(), ['preview'])) as { agent: { role: string }; sections: Record<string, unknown> };
    expect(preview.agent.role).toBe('node');
    expect(Object.keys(preview.sections)).toEqual(expect.arrayContaining(['os', 'memory', 'cpu', 'filesystems']));
    const { sections } = JSON.parse(await inPod('deployment/site-xunjian-cluster', ['preview'])) as typeof preview;
    expect(Object.keys(sections)).toEqual(expect.arrayContaining(['nodes', 'pods', 'workloads']));
    const ledger = JSON.parse(await inPod(await nodePod(), ['ledger', 'verify', '--json'])) as { faults: object[]; payloads: number };
    expect(ledger.faults).toEqual([]);
    expect(ledger.payloads).toBeGreaterThan(0);
    const resident =
      Number(/VmRSS:\s+(\d+)/.exec(await evaluated(await nodePod(), "process.stdout.write(require('node:fs').readFileSync('/proc/1/status', 'utf8'))"))?.[1]) * 1.024e-3; // KiB
    console.log(`node agent in its pod: ${resident.toFixed(1)} MB resident`);
  });

  it('stops sending within a minute of the ConfigMap’s change, without a restart, and loses nothing', async () => {
    const patch = async (level: string): Promise<void> => {
      await kubectl(['--namespace', NAMESPACE, 'patch', 'configmap', 'site-xunjian-consent', '--type', 'merge', '--patch', JSON.stringify({ data: { level } })]);
      await kubectl(['--namespace', NAMESPACE, 'annotate', 'pods', '--overwrite', '--selector', 'app.kubernetes.io/instance=site', `xunjian/consent-changed=${Date.now()}`]);
    };
    const name = (await nodePod()).slice('pod/'.length);
    await patch('off');
    const began = Date.now();
    await until(
      'an agent that withholds',
      60,
      async () => await metricsOf(name),
      (text) => /^xunjian_delivery_state\{state="withheld"\} 1$/m.test(text),
    );
    console.log(`kill switch: ${((Date.now() - began) / 1_000).toFixed(1)} s`);
    await patch('full');
    await until(
      'an empty outbox',
      120,
      async () => await metricsOf(name),
      (text) => /^xunjian_outbox_items [01]$/m.test(text) && !/withheld"\} 1/.test(text),
    );
  });

  it('a workload that crashes, is killed for its memory, fits nowhere or has no image becomes an incident with its level', async () => {
    // By default a pod may take 5 to 15 minutes to come up; a site that wants to hear sooner says so.
    await helm(['upgrade', 'site', CHART, ...SOONER]);
    await untilRolledOut();
    await kubectl(['create', 'namespace', SHOP]);
    await kubectl(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: TROUBLES }));
    const rules = ['pod-crash-loop', 'pod-oom-killed', 'pod-unschedulable', 'pod-image-pull-failing'];
    const all = await until('an incident of each kind', INCIDENT_SECONDS, incidents, (found) => rules.every((rule) => ofShop(found, rule).length > 0));
    for (const rule of rules) {
      const [incident] = ofShop(all, rule);
      // The contract's policy (daocloud): critical is level 2, a warning level 3.
      expect(incident, rule).toMatchObject({ signalState: 'firing', level: incident?.severity === 'critical' ? 2 : 3 });
    }
    expect(doubled(all)).toEqual([]);
  });

  it('makes the S360 report of this cluster, in both languages', async () => {
    const out = await inPod('statefulset/site-xunjian-collector', [
      'report',
      '--kind',
      's360',
      '--cluster',
      'kubernetes',
      '--format',
      'html,docx,pdf,json',
      '--lang',
      'zh,en',
      '--out',
      '/tmp/report',
    ]);
    const file = /\S+\.zh\.html/.exec(out)?.[0] ?? '';
    const html = await evaluated('statefulset/site-xunjian-collector', `process.stdout.write(require('node:fs').readFileSync('${file}', 'utf8'))`);
    const [node] = await list('nodes', []);
    for (const words of ['总评', '管理节点', '计算节点', node?.metadata.name ?? '?']) expect(html.replaceAll('<wbr>', '')).toContain(words);
    expect(out.match(/\.(html|docx|pdf|json)\b/g)?.length).toBeGreaterThanOrEqual(7);
  });

  it('loses and doubles nothing when the collector is killed while a trouble begins', async () => {
    const before = await incidents();
    await kubectl(['--namespace', NAMESPACE, 'scale', 'statefulset/site-xunjian-collector', '--replicas=0']);
    await kubectl(['--namespace', NAMESPACE, 'delete', 'pod', 'site-xunjian-collector-0', '--grace-period=0', '--force', '--ignore-not-found']);
    await kubectl(['apply', '--filename', '-'], JSON.stringify(broken('latecomer', { image: 'registry.invalid/late:1', imagePullPolicy: 'Always', resources: small })));
    const leader = await leaderPod();
    await until(
      'a payload that waits',
      240,
      async () => Number(/^xunjian_outbox_items (\d+)/m.exec(await metricsOf(leader))?.[1]),
      (items) => items > 0,
    );
    await kubectl(['--namespace', NAMESPACE, 'scale', 'statefulset/site-xunjian-collector', '--replicas=1']);
    await untilReady(pods);
    const all = await until('the incident that began meanwhile', INCIDENT_SECONDS, incidents, (found) => isOpen(found, 'latecomer'));
    expect(before.filter(({ number }) => !all.some((one) => one.number === number))).toEqual([]);
    expect(doubled(all)).toEqual([]);
    expect(await droppedOnceSent(Date.now())).toBe(0);
  });

  it.skipIf(!ON_THIS_MACHINE)('loses and doubles nothing when the outbox’s volume is full, and says so', async () => {
    const before = await incidents();
    await stateOn({ hostPath: { path: SMALL_FOLDER, type: 'Directory' }, emptyDir: null }, 1);
    const leader = await until('a leader', 120, leaderPod, (pod) => pod !== '');
    await until(
      'a look at the cluster',
      180,
      async () => await metricsOf(leader),
      (text) => /^xunjian_looks_total\{result="ok"\} [1-9]/m.test(text),
    );
    await kubectl(['--namespace', NAMESPACE, 'scale', 'statefulset/site-xunjian-collector', '--replicas=0']);
    await kubectl(['apply', '--filename', '-'], JSON.stringify(broken('squeezed', { image: 'registry.invalid/squeezed:1', imagePullPolicy: 'Always', resources: small })));
    // Again and again: the room that ledger and outbox have set aside is filled too.
    const fill = `const fs = require('node:fs'); const file = fs.openSync('/var/lib/xunjian/ballast', 'a');
      try { for (;;) fs.writeSync(file, Buffer.alloc(1024, 1)); } catch (error) { if (error.code !== 'ENOSPC') throw error; }`;
    const full = /^xunjian_outbox_writable 0$/m;
    await until(
      'payloads that wait in memory',
      240,
      async () => {
        await evaluated(`pod/${leader}`, fill);
        return await metricsOf(leader);
      },
      (text) => full.test(text),
    );
    expect(await kubectl(['--namespace', NAMESPACE, 'logs', leader])).toContain('takes nothing');
    // The trouble is two looks old before anybody could be told of it.
    const looks = (text: string): number => Number(/^xunjian_looks_total\{result="ok"\} (\d+)/m.exec(text)?.[1] ?? 0);
    const seen = looks(await metricsOf(leader));
    await until(
      'looks beside a full disk',
      300,
      async () => looks(await metricsOf(leader)),
      (count) => count >= seen + 2,
    );
    await kubectl(['--namespace', NAMESPACE, 'scale', 'statefulset/site-xunjian-collector', '--replicas=1']);
    await untilReady(nodes + 2);
    expect(await metricsOf(leader)).toMatch(full);
    await evaluated(`pod/${leader}`, "require('node:fs').rmSync('/var/lib/xunjian/ballast')");
    const all = await until('the incident that began beside a full disk', INCIDENT_SECONDS, incidents, (found) => isOpen(found, 'squeezed'));
    const text = await until(
      'an outbox that writes again',
      180,
      async () => await metricsOf(leader),
      (now) => /^xunjian_outbox_writable 1$/m.test(now),
    );
    expect(text.match(/^xunjian_outbox_dropped_total\{[^}]*\} [1-9].*$/gm)).toBeNull();
    const ledger = JSON.parse(await inPod(`pod/${leader}`, ['ledger', 'verify', '--json'])) as { faults: object[]; payloads: number };
    expect(ledger.faults).toEqual([]);
    expect(before.filter(({ number }) => !all.some((one) => one.number === number))).toEqual([]);
    expect(doubled(await incidents())).toEqual([]);
    expect(await droppedOnceSent(Date.now())).toBe(0);
    await stateOn({ hostPath: null, emptyDir: { sizeLimit: '1Gi' } }, 2);
  });

  it('another replica takes over when the leader is killed; incidents stay as they are', async () => {
    const before = await incidents();
    const leader = await leaderPod();
    await kubectl(['--namespace', NAMESPACE, 'delete', 'pod', leader, '--grace-period=0', '--force']);
    const next = await until('another leader', 120, leaderPod, (pod) => pod !== leader);
    expect(next).not.toBe(leader);
    await untilReady(pods);
    await kubectl(['--namespace', NAMESPACE, 'delete', await nodePod(), '--grace-period=0', '--force']);
    await untilReady(pods);
    const all = await incidents();
    expect(before.filter(({ number }) => !all.some((one) => one.number === number))).toEqual([]);
    expect(doubled(all)).toEqual([]);
  });

  it.skipIf(!ON_THIS_MACHINE)('goes on when the API server dies, and nobody takes silence for recovery', async () => {
    const before = (await incidents()).filter(({ rule, scope }) => rule.startsWith('pod-') && scope?.namespace === SHOP);
    const server = apiServerProcess();
    server?.kill();
    await until(
      'an API server that is gone',
      30,
      async () => (await tryKubectl(['get', '--raw', '/readyz', '--request-timeout=2s'])).code,
      (code) => code !== 0,
    );
    await new Promise((resolve) => setTimeout(resolve, 45_000)); // longer than the Lease and the deadline of a look: this is what is tested
    server?.start();
    await until(
      'the API server',
      90,
      async () => (await tryKubectl(['get', '--raw', '/readyz'])).out,
      (out) => out === 'ok',
    );
    server?.revive();
    await untilReady(pods);
    await until('a leader', 120, leaderPod, (pod) => pod !== '');
    const after = await incidents();
    for (const { number } of before) expect(after.find((one) => one.number === number)?.state).not.toBe('closed');
    expect(doubled(after)).toEqual([]);
  });

  it('upgrades, takes a rule pack that the site approved, rolls back, and keeps its secrets', async () => {
    const secrets = async (): Promise<string> =>
      JSON.stringify((await list('secrets')).filter(({ metadata }) => metadata.name.startsWith('site-xunjian')).map(({ metadata, data }) => [metadata.name, data]));
    const before = await secrets();
    const seen = (await incidents()).length;
    const packOf = async (target: string): Promise<string | undefined> => (JSON.parse(await inPod(target, ['preview'])) as { agent: { pack?: string } }).agent.pack;
    await kubectl(['--namespace', NAMESPACE, 'create', 'configmap', 'approved-rules', `--from-file=${await approvedRules('2026.11.7')}`]);
    const changed = ['agents.heartbeatSeconds=30', 'collector.config.logLevel=debug', 'agents.packConfigMap=approved-rules'];
    await helm(['upgrade', 'site', CHART, ...SOONER, ...changed.flatMap((set) => ['--set', set])]);
    await untilRolledOut();
    expect(await Promise.all([packOf(await nodePod()), packOf('deployment/site-xunjian-cluster')])).toEqual(['2026.11.7', '2026.11.7']);
    await helm(['rollback', 'site', '1', '--force-conflicts']);
    await untilRolledOut();
    expect(await packOf(await nodePod())).toBeUndefined();
    await kubectl(['--namespace', NAMESPACE, 'delete', 'configmap', 'approved-rules']);
    expect(await secrets()).toBe(before);
    const after = await incidents();
    expect(after.length).toBeGreaterThanOrEqual(seen);
    expect(doubled(after)).toEqual([]);
    // Pods that were replaced, here and before, are no trouble that lasts.
    const silent = (all: readonly Incident[]): readonly Incident[] => all.filter(({ rule, signalState }) => rule === 'agent-silent' && signalState === 'firing');
    await until('agents of replaced pods out of service', 240, incidents, (all) => silent(all).length === 0);
  });

  it('uninstalls without a trace', async () => {
    await collector[Symbol.asyncDispose]();
    await helm(['uninstall', 'site', '--wait']);
    const kinds =
      'pods,secrets,configmaps,services,serviceaccounts,persistentvolumeclaims,daemonsets.apps,deployments.apps,statefulsets.apps,roles,rolebindings,networkpolicies,poddisruptionbudgets,leases';
    const own = (object: KubeObject): boolean => !/^(default|kube-root-ca\.crt|default-token-)/.test(object.metadata.name);
    await until(
      'an empty namespace',
      120,
      async () => (await list(kinds)).filter(own).map(({ kind, metadata }) => `${kind}/${metadata.name}`),
      (left) => left.length === 0,
    );
    const outside = await must('kubectl', ['get', 'clusterroles,clusterrolebindings', '--selector', 'app.kubernetes.io/instance=site', '--output', 'name'], {
      kubeconfig: KUBECONFIG,
    });
    expect(outside.trim()).toBe('');
  });

  /** A signed pack, approved on this machine: the file that agents take. */
  async function approvedRules(version: string): Promise<string> {
    const folder = temporary();
    mkdirSync(join(folder, 'rules'));
    writeFileSync(join(folder, 'rules/thresholds.yaml'), 'disk-space-low: { warningPercent: 16 }\n');
    writeFileSync(join(folder, 'pack.pem'), generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const run = async (args: readonly string[]): Promise<string> => {
      const { code, out, err } = await xunjian(args, {}, folder);
      if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${err}`);
      return out;
    };
    await run(['pack', 'build', 'rules', '--name', 'e2e', '--version', version, '--key', 'pack.pem', '--out', 'e2e.xjpack']);
    const digest = /digest \(to approve\)\s+([0-9a-f]{64})/.exec(await run(['pack', 'verify', 'e2e.xjpack', '--lang', 'en']))?.[1] ?? '';
    await run(['pack', 'apply', 'e2e.xjpack', '--state-dir', 'approved', '--approve', digest]);
    return join(folder, 'approved/packs/applied.json');
  }
  /** The same trouble’s own incident: one, and open. */
  function isOpen(all: readonly Incident[], workload: string): boolean {
    return ofShop(all, 'pod-image-pull-failing').filter(({ scope }) => scope?.name.includes(workload)).length === 1;
  }
  /** What agents gave up, by heartbeats after the moment; pods that are gone say nothing any more. */
  async function droppedOnceSent(after: number): Promise<number> {
    const living = (all: readonly Agent[]): readonly Agent[] => all.filter(({ lastHeartbeatAt }) => (lastHeartbeatAt ?? 0) > after);
    const caughtUp = await until(
      'empty outboxes',
      240,
      async () => living(await agents()),
      (found) => found.length >= nodes + 1 && found.every(({ outbox }) => (outbox?.items ?? 0) <= 1),
    );
    return caughtUp.flatMap(({ outbox }) => Object.values(outbox?.dropped ?? {})).reduce((sum, count) => sum + count, 0);
  }
  /** Where the cluster agents keep their state, and how many they are. */
  async function stateOn(volume: object, replicas: number): Promise<void> {
    const patch = { spec: { replicas, template: { spec: { volumes: [{ name: 'state', ...volume }] } } } };
    await kubectl(['--namespace', NAMESPACE, 'patch', 'deployment/site-xunjian-cluster', '--patch', JSON.stringify(patch)]);
    await kubectl(['--namespace', NAMESPACE, 'rollout', 'status', 'deployment/site-xunjian-cluster', '--timeout=240s']);
    await untilReady(nodes + 1 + replicas);
  }
  /** Of a node, whatever its part: control-plane nodes have a DaemonSet of their own. */
  async function nodePod(): Promise<string> {
    const [pod] = await list('pods', ['--namespace', NAMESPACE, '--selector', 'xunjian/role=node']);
    return `pod/${pod?.metadata.name ?? ''}`;
  }
  async function untilRolledOut(): Promise<void> {
    for (const target of ['daemonset/site-xunjian-node', 'deployment/site-xunjian-cluster', 'statefulset/site-xunjian-collector'])
      await kubectl(['--namespace', NAMESPACE, 'rollout', 'status', target, '--timeout=240s']);
    await untilReady(pods);
  }
  async function metricsOf(pod: string): Promise<string> {
    return await evaluated(`pod/${pod}`, "fetch('http://127.0.0.1:9464/metrics').then(async (answer) => process.stdout.write(await answer.text()))");
  }
  async function leaderPod(): Promise<string> {
    const candidates = (await list('pods')).filter((pod) => pod.metadata.name.startsWith('site-xunjian-cluster') && isReady(pod));
    for (const { metadata } of candidates) if (/^xunjian_leader 1$/m.test(await metricsOf(metadata.name))) return metadata.name;
    throw new Error('nobody leads');
  }
});
