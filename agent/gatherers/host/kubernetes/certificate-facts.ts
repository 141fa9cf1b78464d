/** What is told of a certificate. Certificates are cut out of the bytes of a file; key material beside them never becomes text. */
import { X509Certificate } from 'node:crypto';
import type { Sections } from '../../../wire/section-values.ts';
import type { KEY_TYPES, SIGNATURE_HASHES } from '../../../wire/sections/host/kubernetes.ts';

type Row = Sections['certificates']['certificates'][number];
export type CertificateFacts = Omit<Row, 'name' | 'store'>;

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';
const MAX_PER_FILE = 50;
const MAX_PEM_BYTES = 64 * 1024;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CURVE_BITS: Readonly<Record<string, number>> = { prime256v1: 256, secp256k1: 256, secp224r1: 224, secp384r1: 384, secp521r1: 521, prime192v1: 192, SM2: 256 };
/** Signature algorithms by object identifier: RFC 8017, 5758, 8410, GM/T 0006. RSA-PSS keeps its digest in parameters: `other`. */
const HASHES: Readonly<Record<string, (typeof SIGNATURE_HASHES)[number]>> = {
  '1.2.840.113549.1.1.4': 'md5',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.3.14.3.2.29': 'sha1',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.2.840.10040.4.3': 'sha1',
  '2.16.840.1.101.3.4.3.2': 'sha256',
  '1.3.101.112': 'intrinsic',
  '1.3.101.113': 'intrinsic',
  '1.2.156.10197.1.501': 'sm3',
};

/** The certificate blocks among the bytes of a PEM file, which may hold keys as well. */
export function cutCertificates(bytes: Buffer): readonly string[] {
  const blocks: string[] = [];
  for (let at = bytes.indexOf(BEGIN); at >= 0 && blocks.length < MAX_PER_FILE; at = bytes.indexOf(BEGIN, at + 1)) {
    const end = bytes.indexOf(END, at);
    if (end < 0) break;
    if (end - at <= MAX_PEM_BYTES) blocks.push(bytes.toString('latin1', at, end + END.length));
  }
  return blocks;
}

const EMBEDDED = 'client-certificate-data:';
const REFERENCE = /^ {0,40}client-certificate: {0,20}["']?(\/[\w./@+-]{1,400})["']?\s*$/m;

/** Client certificates of a kubeconfig: those inside, decoded, and the first file that it points to. Its keys stay bytes. */
export function cutKubeconfig(bytes: Buffer): { readonly embedded: readonly Buffer[]; readonly reference: string | undefined } {
  const embedded: Buffer[] = [];
  for (let at = bytes.indexOf(EMBEDDED); at >= 0 && embedded.length < 10; at = bytes.indexOf(EMBEDDED, at + 1)) {
    const start = at + EMBEDDED.length;
    const newline = bytes.indexOf('\n', start);
    const end = Math.min(newline < 0 ? bytes.length : newline, start + 2 * MAX_PEM_BYTES);
    embedded.push(Buffer.from(bytes.toString('latin1', start, end).replace(/[\s"']/g, ''), 'base64'));
  }
  const at = bytes.indexOf('client-certificate:');
  const line = at < 0 ? '' : bytes.toString('latin1', bytes.lastIndexOf('\n', at) + 1, Math.min(bytes.length, at + 500)).split('\n', 1)[0];
  return { embedded, reference: REFERENCE.exec(line ?? '')?.[1] };
}

/** @returns `undefined` when the text is no certificate */
export function describeCertificate(pem: string): CertificateFacts | undefined {
  try {
    const certificate = new X509Certificate(pem);
    return {
      notBefore: toUnix(certificate.validFromDate),
      notAfter: toUnix(certificate.validToDate),
      isCa: certificate.ca,
      isServer: (certificate.keyUsage ?? []).includes(SERVER_AUTH), // Node's name for the extended key usage
      selfSigned: isSelfSigned(certificate),
      hasSubjectAltName: (certificate.subjectAltName ?? '') !== '',
      ...describeKey(certificate),
      signatureHash: HASHES[certificate.signatureAlgorithmOid] ?? 'other',
    };
  } catch {
    return undefined; // OpenSSL's messages are of no use to anybody, and quote
  }
}

function toUnix(date: Date): number {
  return Math.floor(date.getTime() / 1_000);
}

function isSelfSigned(certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
  } catch {
    return certificate.checkIssued(certificate);
  }
}

function describeKey(certificate: X509Certificate): { keyType: (typeof KEY_TYPES)[number]; keyBits?: number | undefined } {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    switch (asymmetricKeyType) {
      case 'rsa':
      case 'rsa-pss':
        return { keyType: 'rsa', keyBits: asymmetricKeyDetails?.modulusLength };
      case 'dsa':
        return { keyType: 'dsa', keyBits: asymmetricKeyDetails?.modulusLength };
      case 'ec':
        return { keyType: 'ec', keyBits: CURVE_BITS[asymmetricKeyDetails?.namedCurve ?? ''] };
      case 'ed25519':
      case 'ed448':
        return { keyType: asymmetricKeyType, keyBits: asymmetricKeyType === 'ed25519' ? 256 : 448 };
      default:
        return { keyType: 'other' };
    }
  } catch {
    return { keyType: 'other' }; // a curve that this OpenSSL does not know
  }
}
