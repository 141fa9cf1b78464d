import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCredential } from '../../../../agent/gatherers/cluster/workloads/credential-env.ts';
import { isSensitiveHostPath } from '../../../../agent/gatherers/cluster/workloads/host-path.ts';
import { imageFacts } from '../../../../agent/gatherers/cluster/workloads/image.ts';
import { parseSelector, selects } from '../../../../agent/gatherers/cluster/workloads/selector.ts';
import { type TemplateFacts, templateFacts } from '../../../../agent/gatherers/cluster/workloads/template.ts';

function facts(spec: object, metadata: object = {}): TemplateFacts {
  return templateFacts({ metadata, spec });
}
const PROBE = { httpGet: { path: '/healthz', port: 8080 } };
const HARDENED = {
  image: 'registry.internal/team/web:1.2.3',
  readinessProbe: PROBE,
  livenessProbe: { ...PROBE, timeoutSeconds: 3, failureThreshold: 6 },
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

describe('a pod template', () => {
  it('that is hardened shows no fault', () => {
    const { containers, livenessSeconds, ...rest } = facts({ serviceAccountName: 'web', priorityClassName: 'high', topologySpreadConstraints: [{}], containers: [HARDENED] });
    expect([containers, livenessSeconds]).toEqual([1, 60]);
    expect(Object.entries(rest).filter(([, value]) => value !== 0 && value !== false)).toEqual([
      ['priorityClassSet', true],
      ['spread', true],
    ]);
  });
  it('that says nothing shows what is missing', () => {
    expect(facts({ containers: [{ image: 'nginx' }] })).toMatchObject({
      noReadinessProbe: 1,
      noLivenessProbe: 1,
      noCpuRequest: 1,
      noMemoryRequest: 1,
      noCpuLimit: 1,
      noMemoryLimit: 1,
      imageUntagged: 1,
      privilegeEscalation: 1,
      mayRunAsRoot: 1,
      capabilitiesKept: 1,
      writableRoot: 1,
      seccompUnset: 1,
      defaultServiceAccount: true,
      priorityClassSet: false,
      privileged: 0,
    });
  });
  it('inherits from the pod, and containers overrule it', () => {
    const pod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
    expect(facts({ securityContext: pod, containers: [{}] })).toMatchObject({ mayRunAsRoot: 0, seccompUnset: 0 });
    expect(facts({ securityContext: pod, containers: [{ securityContext: { runAsNonRoot: false, seccompProfile: { type: 'Unconfined' } } }] })).toMatchObject({
      mayRunAsRoot: 1,
      seccompUnconfined: 1,
    });
    expect(facts({ securityContext: { runAsUser: 1000 }, containers: [{}, { securityContext: { runAsUser: 0 } }] }).mayRunAsRoot).toBe(1);
  });
  it('counts init containers where they endanger the node', () => {
    expect(facts({ initContainers: [{ securityContext: { privileged: true, capabilities: { add: ['CAP_SYS_ADMIN', 'net_raw'] } } }], containers: [] })).toMatchObject({
      privileged: 1,
      highCapabilities: 1,
      addedCapabilities: 1,
      noReadinessProbe: 0,
    });
  });
  it('shows what it takes of the node', () => {
    const spec = {
      hostNetwork: true,
      hostPID: true,
      hostIPC: true,
      terminationGracePeriodSeconds: 0,
      securityContext: { sysctls: [{ name: 'net.core.somaxconn' }, { name: 'net.ipv4.tcp_syncookies' }] },
      volumes: [
        { name: 'etc', hostPath: { path: '/etc' } },
        { name: 'sock', hostPath: { path: '/var/run/docker.sock' } },
        { name: 'log', hostPath: { path: '/var/log' } },
        { name: 'unused', hostPath: { path: '/' } },
        { name: 'tmp', emptyDir: {} },
      ],
      containers: [
        {
          ports: [{ hostPort: 80 }, { containerPort: 81 }],
          securityContext: { procMount: 'Unmasked', appArmorProfile: { type: 'Unconfined' } },
          volumeMounts: [{ name: 'etc', readOnly: true }, { name: 'sock', readOnly: true }, { name: 'log' }],
        },
        { volumeMounts: [{ name: 'etc' }] },
      ],
    };
    expect(facts(spec)).toMatchObject({
      hostNetwork: true,
      hostPid: true,
      hostIpc: true,
      graceZero: true,
      unsafeSysctls: 1,
      hostPaths: 4,
      sensitiveHostPaths: 2,
      hostPorts: 1,
      procUnmasked: 1,
      appArmorUnconfined: 1,
    });
    expect(facts({ containers: [{ name: 'a' }] }, { annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' } }).appArmorUnconfined).toBe(1);
  });
  it('has probes that are the same only with the same handler and the shortest timeout', () => {
    const same = { readinessProbe: PROBE, livenessProbe: { ...PROBE, initialDelaySeconds: 60 } };
    expect(facts({ containers: [same, { ...same, livenessProbe: { ...PROBE, timeoutSeconds: 5 } }, { ...same, livenessProbe: { tcpSocket: { port: 8080 } } }] })).toMatchObject({
      identicalProbes: 1,
      livenessSeconds: 90,
    });
    expect(facts({ containers: [{ ...same, startupProbe: PROBE }] }).livenessSeconds).toBe(30);
  });
  it('has resources of the whole pod, and requests that follow from limits', () => {
    expect(facts({ resources: { requests: { cpu: '1' }, limits: { memory: '1Gi' } }, containers: [{}] })).toMatchObject({
      noCpuRequest: 0,
      noMemoryRequest: 0,
      noMemoryLimit: 0,
      noCpuLimit: 1,
    });
  });
  it('keeps no value of an environment variable', () => {
    const result = facts({
      containers: [
        {
          env: [
            { name: 'DB_PASSWORD', value: 'hunter2-SECRET' },
            { name: 'DB_PASSWORD', valueFrom: {} },
            { name: 'MODE', value: 'SECRET' },
          ],
        },
      ],
    });
    expect(result).toMatchObject({ credentialEnv: 1, duplicateEnv: 1 });
    expect(JSON.stringify(result)).not.toContain('SECRET');
  });
  it('of any shape is read without an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (spec, container) => {
        templateFacts({ spec: spec as object });
        templateFacts({ metadata: container, spec: { containers: [container], initContainers: [spec], volumes: [container], securityContext: spec } });
      }),
      { numRuns: 200 },
    );
  });
});

describe('an image', () => {
  it.each([
    ['nginx', 'untagged'],
    ['registry:5000/nginx', 'untagged'],
    ['nginx:latest', 'latest'],
    ['registry:5000/team/nginx:1.27', 'fixed'],
    ['nginx@sha256:aaaa', 'digest'],
    ['nginx:latest@sha256:aaaa', 'digest'],
  ])('%s is %s', (image, kind) => {
    expect(imageFacts(image)).toEqual({ untagged: kind === 'untagged', latest: kind === 'latest', digest: kind === 'digest' });
  });
});

describe('a credential in the environment', () => {
  it.each([
    ['DB_PASSWORD', 'x9!kf'],
    ['MYSQL_ROOT_PASSWORD', 'root123'],
    ['SPRING_DATASOURCE_PASSWORD', 'abc'],
    ['AWS_SECRET_ACCESS_KEY', 'AKIA'],
    ['API_KEY', 'k'],
    ['GITHUB_TOKEN', 'ghp_x'],
    ['redis.passwd', 'p'],
    ['ADMIN_PWD', 'p'],
  ])('%s=%s is one', (name, value) => expect(isCredential(name, value)).toBe(true));
  it.each([
    ['DB_PASSWORD', undefined],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', '$(OTHER)'],
    ['DB_PASSWORD_FILE', '/run/x'],
    ['TOKEN_TTL', '3600'],
    ['SECRET_NAME', 'db'],
    ['TOKEN_URL', 'https://sso'],
    ['KEYCLOAK_HOST', 'sso'],
    ['MONKEY', 'see'],
    ['KEY_PREFIX', 'app'],
    ['ENABLE_TOKEN', 'yes please'],
    ['REQUIRE_PASSWORD', 'true'],
    ['TLS_SECRET', '/etc/tls'],
    ['COMPASS_MODE', 'north'],
    ['TOKEN', 'true'],
  ])('%s=%s is none', (name, value) => expect(isCredential(name, value)).toBe(false));
});

describe('a host path', () => {
  it.each([
    ['/', false, true],
    ['/etc', false, true],
    ['/etc/kubernetes/', false, true],
    ['/etc', true, false],
    ['/etc/localtime', false, false],
    ['/usr/share/zoneinfo/Asia/Shanghai', false, false],
    ['/var/run/docker.sock', true, true],
    ['/run/containerd/containerd.sock', true, true],
    ['/run', true, true],
    ['/var/log/app', false, false],
    ['/data', false, false],
    ['/var/lib/kubelet/pods', false, true],
    ['//etc//kubernetes', false, true],
    ['/etcetera', false, false],
    ['/dev', false, true],
    ['/dev/shm', false, false],
  ])('%s (read-only: %s) is sensitive: %s', (path, readOnly, sensitive) => expect(isSensitiveHostPath(path, readOnly)).toBe(sensitive));
});

describe('a label selector', () => {
  it.each([
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'web', tier: 'x' } }, false],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['api', 'web'] }] }, true],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, false],
    [
      {
        matchExpressions: [
          { key: 'tier', operator: 'DoesNotExist' },
          { key: 'app', operator: 'Exists' },
        ],
      },
      true,
    ],
    [{ matchExpressions: [{ key: 'app', operator: 'Resembles' }] }, false],
    [{}, true],
    ['nonsense', true],
  ])('%j selects app=web: %s', (selector, result) => expect(selects(parseSelector(selector), { app: 'web' })).toBe(result));
});
