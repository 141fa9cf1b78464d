import { describe, expect, it } from 'vitest';
import { cutCertificates, cutKubeconfig, describeCertificate } from '../../../../agent/gatherers/host/kubernetes/certificate-facts.ts';
import { certificates } from '../../../../agent/gatherers/host/kubernetes/certificates.ts';
import { hostOf } from '../../../support/tree.ts';
import { gatherOn, KEY_BLOCK, KUBEADM_HOST, pem } from './kubeadm-host.ts';

describe('certificates of a kubeadm node', () => {
  it('names them as kubeadm does, each file once, and leaves copies alone', async () => {
    const { report, value } = await gatherOn(certificates, await hostOf(KUBEADM_HOST), 'certificates');
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value?.certificates.map(({ store, name }) => `${store}:${name}`).sort()).toEqual([
      'etcd:etcd/server',
      'kubeconfig:admin.conf',
      'kubelet:kubelet-client',
      'kubelet:kubelet-server',
      'kubelet:kubelet-server#2',
      'kubernetes:apiserver',
      'kubernetes:ca',
    ]);
    expect(value).toMatchObject({ total: 7, dropped: 0, unreadable: 0 });
  });
  it('lets no subject, key or path leave', async () => {
    const { value } = await gatherOn(certificates, await hostOf(KUBEADM_HOST), 'certificates');
    expect(JSON.stringify(value)).not.toMatch(/secret|customer|acme|PRIVATE|BEGIN/);
  });
  it('counts broken files, never takes them for "no certificate"', async () => {
    const { value } = await gatherOn(
      certificates,
      await hostOf({
        '/etc/kubernetes/pki/ca.crt': pem('ca'),
        '/etc/kubernetes/pki/empty.crt': '',
        '/etc/kubernetes/pki/binary.crt': Buffer.alloc(4_096, 0xff),
        '/etc/kubernetes/pki/cut.crt': pem('server').slice(0, 400),
        '/etc/kubernetes/pki/lie.crt': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
        '/etc/kubernetes/pki/huge.crt': Buffer.alloc(600 * 1024, 0x41),
        '/etc/kubernetes/pki/dh.pem': '-----BEGIN DH PARAMETERS-----\nAA==\n-----END DH PARAMETERS-----\n',
      }),
      'certificates',
    );
    expect(value).toMatchObject({ total: 1, unreadable: 5, dropped: 5 });
  });
  it("reads kubespray's folders, where pki is a link to ssl, and skips its key files", async () => {
    const { value } = await gatherOn(
      certificates,
      await hostOf({
        '/etc/kubernetes/ssl/apiserver.crt': pem('server'),
        '/etc/kubernetes/pki': '-> ssl',
        '/etc/ssl/etcd/ssl/ca.pem': pem('ca'),
        '/etc/ssl/etcd/ssl/member-node1.pem': pem('server'),
        '/etc/ssl/etcd/ssl/member-node1-key.pem': pem('expired'),
      }),
      'certificates',
    );
    expect(value?.certificates.map(({ name }) => name).sort()).toEqual(['apiserver', 'etcd/ca', 'etcd/member-node1']);
  });
  it('reads the file that a kubeconfig points to', async () => {
    const conf = 'users:\n- name: u\n  user:\n    client-certificate: /opt/kubernetes/admin.pem\n    client-key: /opt/kubernetes/admin-key.pem\n';
    const { value } = await gatherOn(
      certificates,
      await hostOf({ '/var/lib/kubelet/pods/x': '', '/etc/kubernetes/bootstrap.kubeconfig': conf, '/opt/kubernetes/admin.pem': pem('expired') }),
      'certificates',
    );
    expect(value?.certificates).toMatchObject([{ name: 'bootstrap.kubeconfig', store: 'kubeconfig', notAfter: 1_767_225_600 }]);
  });
  it('keeps the first to end when there are too many', async () => {
    const many = Object.fromEntries(Array.from({ length: 310 }, (_, index) => [`/etc/kubernetes/pki/a${index}.crt`, pem(index === 300 ? 'expired' : 'client-ec')]));
    const { value } = await gatherOn(certificates, await hostOf(many), 'certificates');
    expect(value).toMatchObject({ total: 310, dropped: 10 });
    expect(value?.certificates[0]).toMatchObject({ name: 'a300' });
  });
  it('is absent elsewhere', async () => {
    expect((await gatherOn(certificates, await hostOf({ '/etc/kubernetes/admin.conf': '' }))).report).toMatchObject({ status: 'absent', reason: 'not-a-node' });
    expect((await gatherOn(certificates, await hostOf({ '/var/lib/kubelet/pods/x': '' }))).report).toMatchObject({ status: 'absent', reason: 'not-present' });
  });
});

describe('one certificate', () => {
  it.each([
    ['ca', { isCa: true, selfSigned: true, keyType: 'rsa', keyBits: 2_048, signatureHash: 'sha256' }],
    ['server', { isCa: false, isServer: true, hasSubjectAltName: true, selfSigned: false }],
    ['weak', { isServer: true, hasSubjectAltName: false, keyBits: 1_024, signatureHash: 'sha1' }],
    ['client-ec', { isServer: false, keyType: 'ec', keyBits: 256 }],
    ['ed25519', { keyType: 'ed25519' }],
    ['sm2', { keyType: 'other', signatureHash: 'sm3' }],
    ['expired', { notBefore: 1_735_689_600, notAfter: 1_767_225_600 }],
  ])('%s', (name, facts) => {
    expect(describeCertificate(pem(name))).toMatchObject(facts);
  });
  it('steps over keys, and over a block that never ends', () => {
    expect(cutCertificates(Buffer.from(KEY_BLOCK + pem('ca') + KEY_BLOCK + pem('server')))).toHaveLength(2);
    expect(cutCertificates(Buffer.from(`${pem('ca')}-----BEGIN CERTIFICATE-----\n${'A'.repeat(100_000)}`))).toHaveLength(1);
    expect(cutCertificates(Buffer.from('-----BEGIN CERTIFICATE-----'.repeat(10_000)))).toEqual([]);
  });
  it('finds nothing in hostile kubeconfigs', () => {
    expect(cutKubeconfig(Buffer.alloc(0))).toEqual({ embedded: [], reference: undefined });
    expect(cutKubeconfig(Buffer.from('client-certificate: ../../etc/shadow\n')).reference).toBeUndefined();
    expect(cutKubeconfig(Buffer.from('client-certificate-data: '.repeat(1_000))).embedded.length).toBeLessThanOrEqual(10);
  });
});
